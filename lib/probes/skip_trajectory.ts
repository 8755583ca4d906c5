import {
  inputProducts,
  type LayerNumbers,
  pullThroughRecurrence,
  recurrentProduct,
} from "lib/probes/layer_numbers.ts";
import type { SequenceInputs, StateTrajectory } from "lib/probes/state_trajectory.ts";

/**
 * Runs a tanh RNN with a skip over `skip` steps, h_t = tanh(x_t W + h_{t-1} U + h_{t-skip} V + b), in
 * float64, from states of zeros.
 *
 * The whole state is (h_t, h_{t-1}, ..., h_{t-skip+1}): a gradient may travel `skip` steps at the
 * price of one.
 *
 * @throws {RangeError} if the skip is below 2, or V is not as large as U.
 */
export function skipTrajectory(
  layer: LayerNumbers,
  inputs: SequenceInputs,
  { skip, skipWeights }: { skip: number; skipWeights: ArrayLike<number> },
): StateTrajectory {
  const { hiddenSize: size } = layer;
  if (!(Number.isInteger(skip) && skip >= 2)) {
    throw new RangeError(`Cannot skip: a whole number of at least 2 steps, got ${skip}.`);
  }
  if (skipWeights.length !== size * size) {
    throw new RangeError(`Cannot skip: V takes ${size * size} numbers, got ${skipWeights.length}.`);
  }
  const skipLayer = { ...layer, recurrentWeights: skipWeights, recurrentBias: undefined };
  const zeros = Array.from({ length: skip }, () => new Float64Array(size));
  const hiddenStates: Float64Array[] = [];
  const slopes: Float64Array[] = [];
  for (const product of inputProducts(layer, inputs)) {
    const past = [...zeros, ...hiddenStates.slice(-skip)];
    const near = recurrentProduct(layer, past[past.length - 1]);
    const far = recurrentProduct(skipLayer, past[past.length - skip]);
    const state = product.map((input, j) => Math.tanh(input + near[j] + far[j]));
    slopes.push(state.map((value) => 1 - value * value));
    hiddenStates.push(state);
  }
  return {
    hiddenSize: size,
    stateSize: skip * size,
    timeSteps: hiddenStates.length,
    hiddenStates,
    activity: { slope: slopes },
    pullBack(timeStep, gradient) {
      const slope = slopes[timeStep - 1];
      const through = slope.map((value, j) => value * gradient[j]);
      const pulled = new Float64Array(skip * size);
      pulled.set(gradient.subarray(size)); // every older state moves down one place
      const near = pullThroughRecurrence(layer, through);
      const far = pullThroughRecurrence(skipLayer, through);
      for (let j = 0; j < size; j++) {
        pulled[j] += near[j];
        pulled[(skip - 1) * size + j] += far[j];
      }
      return pulled;
    },
  };
}
