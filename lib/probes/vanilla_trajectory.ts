import {
  inputProducts,
  type LayerNumbers,
  logistic,
  pullThroughRecurrence,
  recurrentProduct,
} from "lib/probes/layer_numbers.ts";
import type { SequenceInputs, StateTrajectory } from "lib/probes/state_trajectory.ts";

/** An activation phi and its slope, the slope as a function of phi's own value. */
interface Activation {
  value(preActivation: number): number;
  slope(value: number): number;
}

const ACTIVATIONS: Record<string, Activation> = {
  "rnn-tanh": { value: Math.tanh, slope: (value) => 1 - value * value },
  "rnn-relu": { value: (x) => x > 0 ? x : 0, slope: (value) => value > 0 ? 1 : 0 },
  "rnn-sigmoid": { value: logistic, slope: (value) => value * (1 - value) },
};

/** How a residual cell mixes its old state with what it computed. */
export interface ResidualMix {
  /** Share of the old state that is kept; 0 for a plain RNN. */
  readonly carry: number;
  /** Factor on the activation; 1 for a plain RNN. */
  readonly branch: number;
}

/**
 * Runs a vanilla RNN, h_t = carry h_{t-1} + branch phi(x_t W + h_{t-1} U + b), in float64.
 *
 * A plain RNN has carry 0 and branch 1. The derivative of a step is
 * d h_t / d h_{t-1} = carry I + branch diag(phi') U^T (column convention).
 *
 * @throws {RangeError} if the cell is none of the vanilla ones or a weight does not fit.
 */
export function vanillaTrajectory(
  layer: LayerNumbers,
  inputs: SequenceInputs,
  options: { initialState?: ArrayLike<number>; mix?: ResidualMix } = {},
): StateTrajectory {
  const activation = ACTIVATIONS[layer.cell];
  if (activation === undefined) {
    throw new RangeError(`Cannot run ${layer.cell}: it is no vanilla RNN.`);
  }
  const { hiddenSize } = layer;
  const { carry, branch } = options.mix ?? { carry: 0, branch: 1 };
  const hiddenStates: Float64Array[] = [];
  const slopes: Float64Array[] = [];
  let state = Float64Array.from(options.initialState ?? new Float64Array(hiddenSize));
  for (const product of inputProducts(layer, inputs)) {
    const recurrent = recurrentProduct(layer, state);
    const values = product.map((input, j) => activation.value(input + recurrent[j]));
    slopes.push(values.map(activation.slope));
    state = values.map((value, j) => carry * state[j] + branch * value);
    hiddenStates.push(state);
  }
  return {
    hiddenSize,
    stateSize: hiddenSize,
    timeSteps: hiddenStates.length,
    hiddenStates,
    activity: { slope: slopes },
    pullBack(timeStep, gradient) {
      const slope = slopes[timeStep - 1];
      const through = gradient.map((value, j) => branch * slope[j] * value);
      const pulled = pullThroughRecurrence(layer, through);
      return carry === 0 ? pulled : pulled.map((value, i) => value + carry * gradient[i]);
    },
    stepJacobian(timeStep) {
      const slope = slopes[timeStep - 1];
      const jacobian = new Float64Array(hiddenSize * hiddenSize);
      for (let i = 0; i < hiddenSize; i++) {
        for (let j = 0; j < hiddenSize; j++) {
          const byWeight = branch * slope[i] * layer.recurrentWeights[j * hiddenSize + i];
          jacobian[i * hiddenSize + j] = byWeight + (i === j ? carry : 0);
        }
      }
      return jacobian;
    },
  };
}
