import { stepJacobian } from "lib/kernels/reference/step_jacobian.ts";
import {
  inputProducts,
  type LayerNumbers,
  logistic,
  pullThroughRecurrence,
  recurrentProduct,
} from "lib/probes/layer_numbers.ts";
import type { SequenceInputs, StateTrajectory } from "lib/probes/state_trajectory.ts";

/** What one GRU step computed, kept for its derivative. */
interface GruStep {
  readonly before: Float64Array;
  readonly resetGate: Float64Array;
  readonly updateGate: Float64Array;
  readonly candidate: Float64Array;
  /** h Un + bUn: what the reset gate multiplies. */
  readonly recurrentCandidate: Float64Array;
}

/**
 * Runs a GRU in float64; the equations stand in `models/gru.ts`.
 *
 * With an update gate of 1 the derivative of a step is the identity: the gradient passes unchanged.
 */
export function gruTrajectory(
  layer: LayerNumbers,
  inputs: SequenceInputs,
  { initialState }: { initialState?: ArrayLike<number> } = {},
): StateTrajectory {
  const { hiddenSize: size } = layer;
  const steps: GruStep[] = [];
  const hiddenStates: Float64Array[] = [];
  let state = Float64Array.from(initialState ?? new Float64Array(size));
  for (const product of inputProducts(layer, inputs)) {
    const recurrent = recurrentProduct(layer, state);
    const gate = (index: number) =>
      Float64Array.from(
        { length: size },
        (_, j) => logistic(product[index * size + j] + recurrent[index * size + j]),
      );
    const [resetGate, updateGate] = [gate(0), gate(1)];
    const recurrentCandidate = recurrent.subarray(2 * size);
    const candidate = resetGate.map((reset, j) =>
      Math.tanh(product[2 * size + j] + reset * recurrentCandidate[j])
    );
    steps.push({ before: state, resetGate, updateGate, candidate, recurrentCandidate });
    const before = state;
    state = updateGate.map((update, j) => (1 - update) * candidate[j] + update * before[j]);
    hiddenStates.push(state);
  }
  return {
    hiddenSize: size,
    stateSize: size,
    timeSteps: steps.length,
    hiddenStates,
    activity: {
      resetGate: steps.map((step) => step.resetGate),
      updateGate: steps.map((step) => step.updateGate),
      slope: steps.map(({ candidate }) => candidate.map((value) => 1 - value * value)),
    },
    pullBack: (timeStep, gradient) => pullBackGru(layer, steps[timeStep - 1], gradient),
    stepJacobian: (timeStep) => jacobianOf(layer, steps[timeStep - 1]),
  };
}

function jacobianOf(layer: LayerNumbers, step: GruStep): Float64Array {
  const { hiddenSize: size } = layer;
  const { before, resetGate, updateGate, candidate, recurrentCandidate } = step;
  const none = new Float64Array(0);
  const recurrent = new Float64Array(3 * size);
  recurrent.set(recurrentCandidate, 2 * size);
  return stepJacobian("gru", Float64Array.from(layer.recurrentWeights), {
    ...{
      input: none,
      hiddenBefore: before,
      cellBefore: none,
      recurrent,
      hidden: before,
      cell: none,
    },
    gates: Float64Array.of(...resetGate, ...updateGate, ...candidate),
  });
}

function pullBackGru(layer: LayerNumbers, step: GruStep, gradient: Float64Array): Float64Array {
  const { hiddenSize: size } = layer;
  const { before, resetGate, updateGate, candidate, recurrentCandidate } = step;
  const toProducts = new Float64Array(3 * size);
  for (let j = 0; j < size; j++) {
    const [reset, update, value] = [resetGate[j], updateGate[j], candidate[j]];
    const toCandidate = gradient[j] * (1 - update) * (1 - value * value);
    toProducts[j] = toCandidate * recurrentCandidate[j] * reset * (1 - reset);
    toProducts[size + j] = gradient[j] * (before[j] - value) * update * (1 - update);
    toProducts[2 * size + j] = toCandidate * reset;
  }
  const pulled = pullThroughRecurrence(layer, toProducts);
  return pulled.map((value, i) => value + gradient[i] * updateGate[i]);
}
