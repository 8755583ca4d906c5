import * as tf from "@tensorflow/tfjs";
import type { LayerWeights } from "lib/kernels/cell_step.ts";
import type { CellKind } from "lib/kernels/network_config.ts";
import { idsOfOneHot } from "lib/kernels/one_hot.ts";
import type {
  RecurrentSequenceInput,
  RecurrentSequenceOutput,
} from "lib/kernels/recurrent_sequence.ts";
import { sequenceGradients } from "lib/kernels/webgpu/sequence_gradients.ts";
import {
  type SequenceSizes,
  traceLayout,
  type WorkgroupPlan,
} from "lib/kernels/webgpu/sequence_layout.ts";
import { type ForwardTensors, runForward } from "lib/kernels/webgpu/sequence_programs.ts";

/**
 * `recurrentSequence` on the WebGPU backend: one dispatch for all time steps, one back through them.
 *
 * Equals the plain one within float32's rounding. Differentiable, once (its gradient has none of its
 * own), in weights, initial state, and in inputs that are not one-hot tokens: those
 * are gathered by their ids instead of multiplied.
 *
 * @throws {Error} if the state of an LSTM has no cell state.
 */
export function webgpuSequence(
  kind: CellKind,
  weights: LayerWeights,
  { input, plan }: { input: RecurrentSequenceInput; plan: WorkgroupPlan },
): RecurrentSequenceOutput {
  const { inputs, initialState } = input;
  const [timeSteps, batchSize, inputSize] = inputs.shape;
  const hiddenSize = weights.recurrentWeights.shape[0];
  const lstm = kind === "lstm";
  if (lstm && initialState.cellState === undefined) {
    throw new Error("Cannot run an LSTM: its state has no cellState.");
  }
  const ids = idsOfOneHot(inputs);
  const tableOrProducts = ids ? weights.inputWeights : tf.matMul(
    tf.reshape(inputs, [timeSteps * batchSize, inputSize]) as tf.Tensor2D,
    weights.inputWeights,
  );
  // Outside the GRU's reset gate the two biases are one.
  const recurrentBias = kind === "gru" ? weights.recurrentBias : undefined;
  const bias = weights.recurrentBias && !recurrentBias
    ? tf.add(weights.bias, weights.recurrentBias)
    : weights.bias;
  const visible = visibleStates({
    products: tf.add(tableOrProducts, bias),
    recurrentWeights: weights.recurrentWeights,
    initialHidden: initialState.hiddenState,
    ...(lstm && { initialCell: initialState.cellState }),
    ...(recurrentBias && { recurrentBias }),
  }, { sizes: { kind, timeSteps, batchSize, hiddenSize }, plan, ids });
  const rowOf = (row: number) =>
    tf.reshape(tf.slice(visible, [row, 0, 0], [1, -1, -1]), [batchSize, hiddenSize]) as tf.Tensor2D;
  return {
    hiddenStates: lstm ? tf.slice(visible, 0, timeSteps) : visible,
    finalState: {
      hiddenState: rowOf(timeSteps - 1),
      ...(lstm && { cellState: rowOf(timeSteps) }),
    },
  };
}

/** Hidden states [time, batch, hidden]; of an LSTM one row more, its last cell state. */
function visibleStates(
  tensors: Omit<ForwardTensors, "inputIds">,
  { sizes, plan, ids }: { sizes: SequenceSizes; plan: WorkgroupPlan; ids?: Int32Array },
): tf.Tensor3D {
  const names = Object.keys(tensors) as (keyof typeof tensors)[];
  const byName = (values: tf.Tensor[]) =>
    Object.fromEntries(names.map((name, i) => [name, values[i]])) as unknown as typeof tensors;
  const layout = traceLayout(sizes);
  const operation = tf.customGrad((...args) => {
    // tfjs hands over the inputs, and after them the function that keeps tensors for the gradient.
    const save = args.pop() as unknown as tf.GradSaveFunc;
    const values = args as tf.Tensor[];
    const inputIds = ids && tf.tensor1d(ids, "int32");
    const trace = runForward(sizes, { ...byName(values), ...(inputIds && { inputIds }) }, plan);
    save([trace, ...values]);
    const visible = tf.slice1d(trace, layout.hidden, layout.cells - layout.hidden);
    return {
      value: tf.reshape(visible, [-1, sizes.batchSize, sizes.hiddenSize]),
      gradFunc(given: tf.Tensor, [trace, ...values]: tf.Tensor[]) {
        const run = { sizes, plan, ids, tensors: byName(values), trace: trace as tf.Tensor1D };
        const gradients = sequenceGradients(given, run);
        return names.map((name) => gradients[name]());
      },
    };
  });
  return operation(...names.map((name) => tensors[name]!)) as tf.Tensor3D;
}
