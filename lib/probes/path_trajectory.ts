import { matrixTimesColumn, rowTimesMatrix } from "lib/kernels/reference/reference_cell.ts";
import { type PathMix, pullBackPath, stepPath } from "lib/kernels/reference/reference_path.ts";
import {
  inputVectors,
  type LayerNumbers,
  type SequenceInputs,
  type StateTrajectory,
} from "lib/probes/cell_trajectory.ts";

/** A tanh network's other paths; without one it is the plain network. */
export interface PathTrajectoryOptions {
  /** How the old state is kept; a plain step replaces it. */
  readonly mix?: PathMix;
  /** Steps that a second recurrent matrix V [H, H] leaps over. */
  readonly skip?: { readonly over: number; readonly weights: Float64Array };
  /** h_0; zeros unless told. */
  readonly initialState?: ArrayLike<number>;
}

/**
 * Runs a tanh RNN with other paths for its gradient, in float64:
 *
 * h_t = carry h_{t-1} + branch tanh(x_t W + h_{t-1} U + h_{t-skip} V + b), with states of zeros before
 * h_0. The whole state is (h_t, h_{t-1}, ..., h_{t-skip+1}): a gradient may travel `skip` steps at the
 * price of one. The slopes of its `gateValues` hold the branch.
 *
 * @throws {RangeError} if the cell is no tanh RNN, the skip is below 2, or V is not as large as U.
 */
export function pathTrajectory(
  layer: LayerNumbers,
  inputs: SequenceInputs,
  options: PathTrajectoryOptions,
): StateTrajectory {
  requirePath(layer, options);
  const { hiddenSize: size } = layer;
  const { mix = { carry: 0, branch: 1 }, skip } = options;
  const kept = skip?.over ?? 1;
  const states = Array.from({ length: kept }, () => new Float64Array(size));
  states[kept - 1] = Float64Array.from(options.initialState ?? states[kept - 1]);
  const values: Float64Array[] = [];
  const zeros = new Float64Array(size);
  for (const input of inputVectors(layer, inputs)) {
    const before = states[states.length - 1], after = new Float64Array(size);
    const sums = rowTimesMatrix(input, layer.inputWeights, layer.bias);
    const near = rowTimesMatrix(before, layer.recurrentWeights, layer.recurrentBias ?? zeros);
    const far = skip && rowTimesMatrix(states[states.length - kept], skip.weights, zeros);
    for (let j = 0; j < size; j++) sums[j] += near[j];
    if (far) { for (let j = 0; j < size; j++) sums[j] += far[j]; }
    stepPath(mix, { sums, before, after });
    values.push(sums);
    states.push(after);
  }
  // d h_t / d (sum of step t), unit by unit, the branch included.
  const ones = zeros.map(() => 1);
  const slopes = values.map((own) => {
    const toSums = new Float64Array(size);
    pullBackPath(mix, { values: own, toAfter: ones, toSums, toBefore: new Float64Array(size) });
    return toSums;
  });
  return {
    hiddenSize: size,
    stateSize: kept * size,
    timeSteps: values.length,
    hiddenStates: states.slice(kept),
    gateValues: { slope: slopes },
    vectorJacobianProduct(timeStep, gradient) {
      const through = slopes[timeStep - 1].map((slope, j) => slope * gradient[j]);
      const pulled = new Float64Array(kept * size);
      pulled.set(gradient.subarray(size)); // every older state moves down one place
      const near = matrixTimesColumn(layer.recurrentWeights, through, size);
      const far = skip && matrixTimesColumn(skip.weights, through, size);
      for (let j = 0; j < size; j++) {
        pulled[j] += near[j] + mix.carry * gradient[j];
        if (far) pulled[(kept - 1) * size + j] += far[j];
      }
      return pulled;
    },
  };
}

function requirePath({ cell, hiddenSize }: LayerNumbers, { skip }: PathTrajectoryOptions): void {
  if (cell !== "rnn-tanh") throw new RangeError(`Cannot run ${cell}: it is no tanh RNN.`);
  if (skip === undefined) return;
  if (!(Number.isInteger(skip.over) && skip.over >= 2)) {
    throw new RangeError(`Cannot skip: a whole number of at least 2 steps, got ${skip.over}.`);
  }
  const [expected, actual] = [hiddenSize ** 2, skip.weights.length];
  if (actual !== expected) {
    throw new RangeError(`Cannot skip: V takes ${expected} numbers, got ${actual}.`);
  }
}
