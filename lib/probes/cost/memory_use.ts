import * as tf from "@tensorflow/tfjs";
import type { LanguageModel } from "lib/models/language_model.ts";
import { stateTensors } from "lib/models/cells/stack.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import { crossEntropy } from "lib/training/engines/cross_entropy.ts";

/**
 * Bytes of tensors that one training pass holds at its height, beyond what was there before it: the
 * forward pass on plain tfjs, everything kept for the backward pass, and the gradients.
 *
 * @param options.timeSteps tokens of the window, of one sequence
 */
export async function trainingBytes(
  model: AnyTrainableModel,
  { timeSteps }: { timeSteps: number },
): Promise<number> {
  const inputIds = new Int32Array(timeSteps);
  const before = tf.memory().numBytes;
  const { peakBytes } = await tf.profile(() => {
    const state = model.initialTensorState(1);
    const { value, grads } = tf.variableGrads(() => {
      const { logits } = model.forward({ inputIds, timeSteps, batchSize: 1 }, state);
      return tf.mean(crossEntropy(logits, inputIds)) as tf.Scalar;
    }, Object.values(model.parameters));
    tf.dispose([value, grads]);
    tf.dispose(stateTensors(state));
  });
  return peakBytes - before;
}

/** Bytes of the state in which a model stands after so many tokens: all it keeps of them. */
export async function stateBytes(
  model: LanguageModel,
  { tokens }: { tokens: number },
): Promise<number> {
  let state = model.initialState(1);
  for (let token = 0; token < tokens; token++) ({ state } = await model.step(state, [0]));
  return bytesOf(state);
}

/** Bytes of the numbers in a state, as the float32 that they come from. */
function bytesOf(value: unknown): number {
  if (value instanceof Float32Array || value instanceof Float64Array) return 4 * value.length;
  if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return 0;
  return Object.values(value).reduce((sum: number, part) => sum + bytesOf(part), 0);
}
