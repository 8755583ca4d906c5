import * as tf from "@tensorflow/tfjs";
import { addBias, cellStep, type LayerState, type LayerWeights } from "lib/kernels/cell_step.ts";
import type { CellKind } from "lib/kernels/network_config.ts";

/** What one recurrent layer is run on. */
export interface RecurrentSequenceInput {
  /** [time, batch, inputSize]; tokens come one-hot. */
  readonly inputs: tf.Tensor3D;
  readonly initialState: LayerState;
  /**
   * Added to h_t, [time, batch, hiddenSize]; zeros change nothing. The gradient with respect to it
   * is d loss / d h_t, all paths from time t on included: this is how probes read it.
   */
  readonly hiddenPerturbation?: tf.Tensor3D;
  /** The same for the LSTM's cell state: its gradient is d loss / d c_t. */
  readonly cellPerturbation?: tf.Tensor3D;
}

/** Hidden states [time, batch, hiddenSize] and the state after the last time step. */
export interface RecurrentSequenceOutput {
  readonly hiddenStates: tf.Tensor3D;
  readonly finalState: LayerState;
}

/**
 * Runs one recurrent layer over a sequence. Plain tfjs: the reference that the fused kernels are
 * checked against. Differentiable in weights, inputs, initial state and perturbations.
 */
export function recurrentSequence(
  kind: CellKind,
  weights: LayerWeights,
  { inputs, initialState, hiddenPerturbation, cellPerturbation }: RecurrentSequenceInput,
): RecurrentSequenceOutput {
  const [timeSteps, batchSize, inputSize] = inputs.shape;
  const flatInputs = tf.reshape(inputs, [timeSteps * batchSize, inputSize]) as tf.Tensor2D;
  const inputProducts = addBias(tf.matMul(flatInputs, weights.inputWeights), weights.bias);
  const products = splitByTime(inputProducts, timeSteps);
  const shiftsOf = (perturbation: tf.Tensor3D | undefined) =>
    perturbation &&
    splitByTime(tf.reshape(perturbation, [timeSteps * batchSize, -1]), timeSteps);
  const [hiddenShifts, cellShifts] = [hiddenPerturbation, cellPerturbation].map(shiftsOf);
  let state = initialState;
  const hiddenStates: tf.Tensor2D[] = [];
  for (let time = 0; time < timeSteps; time++) {
    const shift = { hidden: hiddenShifts?.[time], cell: cellShifts?.[time] };
    state = cellStep(kind, weights, products[time], state, shift);
    hiddenStates.push(state.hiddenState);
  }
  return { hiddenStates: tf.stack(hiddenStates) as tf.Tensor3D, finalState: state };
}

/** Rows [time * batch, size] as one [batch, size] per time step. */
function splitByTime(rows: tf.Tensor2D, timeSteps: number): tf.Tensor2D[] {
  // tfjs has no gradient of a split into one piece: a window of one time step could not be trained on.
  return timeSteps === 1 ? [rows] : tf.split(rows, timeSteps, 0);
}
