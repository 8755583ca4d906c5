import { type CellKind, gateCount } from "lib/kernels/network_config.ts";
import {
  type CellTrace,
  forwardCell,
  type LayerArrays,
  sumGradients,
  vectorJacobianProduct,
} from "lib/kernels/reference/reference_cell.ts";
import { stepJacobian } from "lib/kernels/reference/step_jacobian.ts";
import { drawGates, type Initialiser } from "lib/models/initialisers.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";
import type { Random } from "lib/random/random_stream.ts";

/**
 * A recurrent state along one sequence, with the derivative of each of its steps.
 *
 * Everything is float64, whatever the model was trained in: a product of 1,000 step derivatives
 * loses its small directions in float32. Time steps count from 1 to `timeSteps`; the state s_0 is the
 * initial one. s_t begins with the hidden state h_t; an LSTM's goes on with the cell state c_t.
 */
export interface StateTrajectory {
  readonly hiddenSize: number;
  /** Numbers of the whole state: hiddenSize, or twice that for an LSTM. */
  readonly stateSize: number;
  readonly timeSteps: number;
  /** h_1 to h_T. */
  readonly hiddenStates: readonly Float64Array[];
  /**
   * What the gates and the activation did, by name, for each time step: gate values, and under
   * `slope` the activation's derivative at every unit.
   */
  readonly gateValues: Readonly<Record<string, readonly Float64Array[]>>;
  /** d loss / d s_{t-1} from d loss / d s_t: the transposed Jacobian of step t times the gradient. */
  vectorJacobianProduct(timeStep: number, gradient: Float64Array): Float64Array;
  /**
   * The Jacobian itself, d s_t / d s_{t-1}, [stateSize, stateSize] row by row, where it can be had faster
   * than by pulling back unit vectors.
   */
  stepJacobian?(timeStep: number): Float64Array;
}

/** What a sequence is made of: tokens, or real vectors [time, inputSize]. */
export type SequenceInputs =
  | { readonly inputIds: ArrayLike<number> }
  | { readonly inputValues: readonly ArrayLike<number>[] };

/** The numbers of one recurrent layer, row-major; gate order as in `network_config.ts`. */
export interface LayerNumbers extends LayerArrays {
  readonly cell: CellKind;
  readonly inputSize: number;
  readonly hiddenSize: number;
}

/**
 * The inputs x_t of a layer, [inputSize] each; a token is one-hot.
 *
 * @throws {RangeError} if an id is outside the layer's inputs, or the weights do not fit the sizes.
 */
export function inputVectors(layer: LayerNumbers, inputs: SequenceInputs): Float64Array[] {
  requireFit(layer);
  if ("inputValues" in inputs) return inputs.inputValues.map((vector) => Float64Array.from(vector));
  return Array.from(inputs.inputIds, (id) => {
    if (!(id >= 0 && id < layer.inputSize)) {
      throw new RangeError(`Cannot read id ${id}: the layer has ${layer.inputSize} inputs.`);
    }
    const oneHot = new Float64Array(layer.inputSize);
    oneHot[id] = 1;
    return oneHot;
  });
}

function requireFit({ cell, inputSize, hiddenSize, ...arrays }: LayerNumbers): void {
  const width = gateCount(cell) * hiddenSize;
  const expected = {
    inputWeights: inputSize * width,
    recurrentWeights: hiddenSize * width,
    bias: width,
  };
  for (const [name, length] of Object.entries(expected)) {
    const actual = arrays[name as keyof typeof expected].length;
    if (actual !== length) {
      throw new RangeError(`Cannot use a layer: ${name} takes ${length} numbers, got ${actual}.`);
    }
  }
}

/** How a recurrent layer is drawn. */
export interface RandomLayerOptions {
  readonly cell: CellKind;
  readonly inputSize: number;
  readonly hiddenSize: number;
  /** Each gate's matrix is drawn on its own. */
  readonly input: Initialiser;
  readonly recurrent: Initialiser;
  /** Initial bias of one gate, by its index (LSTM's forget gate: 1); the others start at 0. */
  readonly gateBias?: { readonly gate: number; readonly value: number };
  readonly random: Random;
}

/** A recurrent layer as it stands before training, as plain numbers. */
export function randomLayer(options: RandomLayerOptions): LayerNumbers {
  const { cell, inputSize, hiddenSize, gateBias, random } = options;
  const gates = gateCount(cell);
  const width = gates * hiddenSize;
  const draw = (initialiser: Initialiser, rows: number) =>
    Float64Array.from(drawGates(initialiser, { rows, hiddenSize, gates, random }));
  const inputWeights = draw(options.input, inputSize);
  const recurrentWeights = draw(options.recurrent, hiddenSize);
  const bias = new Float64Array(width);
  if (gateBias) {
    bias.fill(gateBias.value, gateBias.gate * hiddenSize, (gateBias.gate + 1) * hiddenSize);
  }
  return { cell, inputSize, hiddenSize, inputWeights, recurrentWeights, bias };
}

/**
 * Runs a recurrent layer of any kind over a sequence, in float64; the equations stand in
 * `models/cells/recurrent_cell.ts`. Starts from a whole state, of zeros unless told.
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
