import * as tf from "@tensorflow/tfjs";
import { type MaybePromise, readTensors, whenReady } from "lib/kernels/read_tensor.ts";
import type { StackState } from "lib/kernels/sequence_network.ts";
import type { CellState } from "lib/models/cells/cell.ts";
import type { LanguageModelStep } from "lib/models/language_model.ts";
import { fromStackState, stateTensors, toStackState } from "lib/models/cells/stack_state.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";

/**
 * `LanguageModel.step` for a model that has a differentiable `forward`: one token per sequence.
 */
export function tensorStep(
  model: TrainableModel,
  state: StackState,
  inputIds: ArrayLike<number>,
): MaybePromise<LanguageModelStep<StackState>> {
  const { batchSize } = state;
  const result = tidyForward(
    model,
    Int32Array.from(inputIds),
    () => fromStackState(state, model.config),
  );
  return whenReady(
    readTensors([result.logits]),
    ([logits]) =>
      whenReady(toStackState(result.state, batchSize), (next) => {
        tf.dispose([result.logits, ...stateTensors(result.state)]);
        return { logits, state: next };
      }),
  ) as MaybePromise<LanguageModelStep<StackState>>;
}

function tidyForward(
  model: TrainableModel,
  inputIds: Int32Array,
  state: () => CellState,
  timeSteps = 1,
) {
  // The tensors are nested in records, which tidy's type does not follow though its code does.
  return tf.tidy(() =>
    model.forward(
      { inputIds, timeSteps, batchSize: inputIds.length / timeSteps },
      state(),
    ) as unknown as tf.TensorContainer
  ) as unknown as ReturnType<TrainableModel["forward"]>;
}

const WINDOW = 128;

/** `LanguageModel.tokenLosses`: windows of 128 tokens at a time, the state carried between them. */
export async function tensorTokenLosses(
  model: TrainableModel,
  ids: Int32Array,
): Promise<Float64Array> {
  const losses = new Float64Array(ids.length - 1);
  let state = model.initialTensorState(1);
  for (let start = 0; start < losses.length; start += WINDOW) {
    const inputIds = ids.slice(start, Math.min(start + WINDOW, losses.length));
    const result = tidyForward(model, inputIds, () => state, inputIds.length);
    const [logits] = await readTensors([result.logits]);
    tf.dispose([result.logits, ...stateTensors(state)]);
    state = result.state;
    for (let i = 0; i < inputIds.length; i++) {
      const logProbabilities = logSoftmaxRow(logits, model.vocabulary.size, i);
      losses[start + i] = -logProbabilities[ids[start + i + 1]];
    }
  }
  tf.dispose(stateTensors(state));
  return losses;
}
