import { stepJacobian } from "lib/kernels/reference/step_jacobian.ts";
import {
  inputProducts,
  type LayerNumbers,
  logistic,
  pullThroughRecurrence,
  recurrentProduct,
} from "lib/probes/layer_numbers.ts";
import type { SequenceInputs, StateTrajectory } from "lib/probes/state_trajectory.ts";

/** What one LSTM step computed, kept for its derivative. */
interface LstmStep {
  readonly cellBefore: Float64Array;
  readonly inputGate: Float64Array;
  readonly forgetGate: Float64Array;
  readonly candidate: Float64Array;
  readonly outputGate: Float64Array;
  readonly cellTanh: Float64Array;
}

/**
 * Runs an LSTM in float64; the equations stand in `models/lstm.ts`. The state is (h_t, c_t).
 *
 * The derivative with respect to c_{t-1} holds the forget gate alone, d c_t / d c_{t-1} = f_t; every
 * other path goes through the gates and h_{t-1}.
 */
export function lstmTrajectory(
  layer: LayerNumbers,
  inputs: SequenceInputs,
  { initialState, initialCellState }: {
    initialState?: ArrayLike<number>;
    initialCellState?: ArrayLike<number>;
  } = {},
): StateTrajectory {
  const { hiddenSize: size } = layer;
  const steps: LstmStep[] = [];
  const hiddenStates: Float64Array[] = [];
  let state = Float64Array.from(initialState ?? new Float64Array(size));
  let cellState = Float64Array.from(initialCellState ?? new Float64Array(size));
  for (const product of inputProducts(layer, inputs)) {
    const recurrent = recurrentProduct(layer, state);
    const sums = product.map((value, j) => value + recurrent[j]);
    const gate = (index: number) => sums.subarray(index * size, (index + 1) * size).map(logistic);
    const [inputGate, forgetGate, outputGate] = [gate(0), gate(1), gate(3)];
    const candidate = sums.subarray(2 * size, 3 * size).map(Math.tanh);
    const cellBefore = cellState;
    cellState = forgetGate.map((f, j) => f * cellBefore[j] + inputGate[j] * candidate[j]);
    const cellTanh = cellState.map(Math.tanh);
    steps.push({ cellBefore, inputGate, forgetGate, candidate, outputGate, cellTanh });
    state = outputGate.map((o, j) => o * cellTanh[j]);
    hiddenStates.push(state);
  }
  return {
    hiddenSize: size,
    stateSize: 2 * size,
    timeSteps: steps.length,
    hiddenStates,
    activity: {
      inputGate: steps.map((step) => step.inputGate),
      forgetGate: steps.map((step) => step.forgetGate),
      outputGate: steps.map((step) => step.outputGate),
      slope: steps.map(({ candidate }) => candidate.map((value) => 1 - value * value)),
    },
    pullBack: (timeStep, gradient) => pullBackLstm(layer, steps[timeStep - 1], gradient),
    stepJacobian: (timeStep) => jacobianOf(layer, steps[timeStep - 1]),
  };
}

function jacobianOf(layer: LayerNumbers, step: LstmStep): Float64Array {
  const { cellBefore, inputGate, forgetGate, candidate, outputGate } = step;
  const none = new Float64Array(0);
  const cell = cellBefore.map((c, j) => forgetGate[j] * c + inputGate[j] * candidate[j]);
  return stepJacobian("lstm", Float64Array.from(layer.recurrentWeights), {
    ...{ input: none, hiddenBefore: none, cellBefore, recurrent: none, hidden: cellBefore, cell },
    gates: Float64Array.of(...inputGate, ...forgetGate, ...candidate, ...outputGate),
  });
}

function pullBackLstm(layer: LayerNumbers, step: LstmStep, gradient: Float64Array): Float64Array {
  const { hiddenSize: size } = layer;
  const { cellBefore, inputGate, forgetGate, candidate, outputGate, cellTanh } = step;
  const toProducts = new Float64Array(4 * size);
  const pulled = new Float64Array(2 * size);
  for (let j = 0; j < size; j++) {
    const [i, f, g, o] = [inputGate[j], forgetGate[j], candidate[j], outputGate[j]];
    const toHidden = gradient[j];
    const toCell = gradient[size + j] + toHidden * o * (1 - cellTanh[j] ** 2);
    toProducts[j] = toCell * g * i * (1 - i);
    toProducts[size + j] = toCell * cellBefore[j] * f * (1 - f);
    toProducts[2 * size + j] = toCell * i * (1 - g * g);
    toProducts[3 * size + j] = toHidden * cellTanh[j] * o * (1 - o);
    pulled[size + j] = toCell * f;
  }
  pulled.set(pullThroughRecurrence(layer, toProducts));
  return pulled;
}
