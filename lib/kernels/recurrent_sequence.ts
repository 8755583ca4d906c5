import * as tf from "@tensorflow/tfjs";
import { addBias, cellStep, type LayerState, type LayerWeights } from "lib/kernels/cell_step.ts";
import type { CellKind } from "lib/kernels/network_config.ts";

/** What one recurrent layer is run on. */
export interface RecurrentSequenceInput {
  /** [time, batch, inputSize]; tokens come one-hot. */
  readonly inputs: tf.Tensor3D;
  readonly initialState: LayerState;
}

/** Hidden states [time, batch, hiddenSize] and the state after the last time step. */
export interface RecurrentSequenceOutput {
  readonly hiddenStates: tf.Tensor3D;
  readonly finalState: LayerState;
}

/**
 * Runs one recurrent layer over a sequence. Plain tfjs: the reference that the fused kernels are
 * checked against. Differentiable in weights, inputs and initial state.
 */
export function recurrentSequence(
  kind: CellKind,
  weights: LayerWeights,
  { inputs, initialState }: RecurrentSequenceInput,
): RecurrentSequenceOutput {
  const [timeSteps, batchSize, inputSize] = inputs.shape;
  const flatInputs = tf.reshape(inputs, [timeSteps * batchSize, inputSize]) as tf.Tensor2D;
  const inputProducts = addBias(tf.matMul(flatInputs, weights.inputWeights), weights.bias);
  const products = splitByTime(inputProducts, timeSteps);
  let state = initialState;
  const hiddenStates: tf.Tensor2D[] = [];
  for (const product of products) {
    state = cellStep(kind, weights, product, state);
    hiddenStates.push(state.hiddenState);
  }
  return { hiddenStates: tf.stack(hiddenStates) as tf.Tensor3D, finalState: state };
}

/** Rows [time * batch, size] as one [batch, size] per time step. */
function splitByTime(rows: tf.Tensor2D, timeSteps: number): tf.Tensor2D[] {
  // tfjs has no gradient of a split into one piece: a window of one time step could not be trained on.
  return timeSteps === 1 ? [rows] : tf.split(rows, timeSteps, 0);
}
