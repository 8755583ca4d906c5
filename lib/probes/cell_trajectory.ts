import type { CellKind } from "lib/kernels/network_config.ts";
import {
  type CellTrace,
  forwardCell,
  sumGradients,
  vectorJacobianProduct,
} from "lib/kernels/reference/reference_cell.ts";
import { stepJacobian } from "lib/kernels/reference/step_jacobian.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";
import { inputVectors, type LayerNumbers } from "lib/probes/layer_numbers.ts";
import type { SequenceInputs, StateTrajectory } from "lib/probes/state_trajectory.ts";

/**
 * Runs a recurrent layer of any kind over a sequence, in float64; the equations stand in
 * `models/vanilla_rnn.ts`, `gru.ts` and `lstm.ts`. Starts from a whole state, of zeros unless told.
 *
 * A GRU's step with an update gate of 1 passes a gradient unchanged. An LSTM's c_{t-1} reaches c_t by
 * the forget gate alone, d c_t / d c_{t-1} = f_t; every other path goes through the gates and h_{t-1}.
 */
export function cellTrajectory(
  layer: LayerNumbers,
  inputs: SequenceInputs,
  { initialState }: { initialState?: ArrayLike<number> } = {},
): StateTrajectory {
  const { cell: kind, hiddenSize } = layer;
  const stateSize = kind === "lstm" ? 2 * hiddenSize : hiddenSize;
  const start = Float64Array.from(initialState ?? new Float64Array(stateSize));
  const noCell = new Float64Array(hiddenSize);
  const split = (state: Float64Array) => ({
    hidden: state.subarray(0, hiddenSize),
    cell: kind === "lstm" ? state.subarray(hiddenSize) : noCell,
  });
  const traces: CellTrace[] = [];
  for (const input of inputVectors(layer, inputs)) {
    const { hidden, cell } = traces.at(-1) ?? split(start);
    traces.push(forwardCell(kind, layer, { input, hidden, cell }));
  }
  return {
    hiddenSize,
    stateSize,
    timeSteps: traces.length,
    hiddenStates: traces.map(({ hidden }) => hidden),
    gateValues: activityOf(kind, traces),
    vectorJacobianProduct(timeStep, gradient) {
      const trace = traces[timeStep - 1];
      const before = vectorJacobianProduct(kind, layer, { trace, gradient: split(gradient) });
      if (kind !== "lstm") return before.hidden;
      const pulled = new Float64Array(stateSize);
      pulled.set(before.hidden);
      pulled.set(before.cell, hiddenSize);
      return pulled;
    },
    stepJacobian: (timeStep) => stepJacobian(kind, layer.recurrentWeights, traces[timeStep - 1]),
  };
}

const SIGMOID_GATES: Partial<Record<CellKind, Record<string, number>>> = {
  gru: { resetGate: 0, updateGate: 1 },
  lstm: { inputGate: 0, forgetGate: 1, outputGate: 3 },
};
const CANDIDATE = 2;

/** The gates by name, and the slope of the candidate's tanh or of a vanilla cell's activation. */
function activityOf(kind: CellKind, traces: readonly CellTrace[]): StateTrajectory["gateValues"] {
  const gate = (index: number) =>
    traces.map(({ gates, hidden: { length } }) =>
      gates.subarray(index * length, (index + 1) * length)
    );
  const named = SIGMOID_GATES[kind];
  if (named === undefined) return { slope: traces.map((trace) => vanillaSlopes(kind, trace)) };
  return {
    ...Object.fromEntries(Object.entries(named).map(([name, index]) => [name, gate(index)])),
    slope: gate(CANDIDATE).map((candidate) => candidate.map((value) => 1 - value * value)),
  };
}

function vanillaSlopes(kind: CellKind, trace: CellTrace): Float64Array {
  const ones = trace.hidden.map(() => 1);
  return sumGradients(kind, trace, { hidden: ones, cell: ones }).inputSum;
}

/**
 * The numbers of a model's recurrent layer, read from its tfjs variables.
 *
 * @throws {Error} if the model has more than one layer, or lives on the WebGPU backend.
 */
export function modelLayer(model: TrainableModel): LayerNumbers {
  const { cell, inputSize, hiddenSize, layerCount } = model.config;
  if (layerCount !== 1) {
    throw new Error(
      `Cannot follow the state of ${model.name}: it has ${layerCount} layers, not 1.`,
    );
  }
  const read = (name: string) => Float64Array.from(model.parameters[`layer0/${name}`].dataSync());
  return {
    cell,
    inputSize,
    hiddenSize,
    inputWeights: read("inputWeights"),
    recurrentWeights: read("recurrentWeights"),
    bias: read("bias"),
    recurrentBias: "layer0/recurrentBias" in model.parameters ? read("recurrentBias") : undefined,
  };
}

/**
 * Follows the state of a one-layer language model over a text.
 *
 * @throws {Error} if the model has more than one layer.
 */
export function modelTrajectory(
  model: TrainableModel,
  inputIds: ArrayLike<number>,
): StateTrajectory {
  return cellTrajectory(modelLayer(model), { inputIds });
}
