import * as tf from "@tensorflow/tfjs";
import { backendSequence } from "lib/kernels/backend_sequence.ts";
import { addBias, cellStep, type LayerState, type LayerWeights } from "lib/kernels/cell_step.ts";
import { type CellKind, gateCount } from "lib/kernels/network_config.ts";
import type { Cell, CellState } from "lib/models/cells/cell.ts";
import { drawGates, gaussian, identity, type Initialiser } from "lib/models/initialisers.ts";
import type { Random } from "lib/random/random_stream.ts";

/** Sizes and initial weights of one recurrent layer. */
export interface RecurrentCellOptions {
  readonly inputSize: number;
  readonly hiddenSize: number;
  /** Each gate's matrix is drawn on its own. */
  readonly inputInitialiser: Initialiser;
  readonly recurrentInitialiser: Initialiser;
  /** Initial bias of one gate, by its index; the others start at 0. */
  readonly gateBias?: { readonly gate: number; readonly value: number };
  readonly biasesPerGate?: 1 | 2;
  /** Prefix of the parameter names. Default `layer0`. */
  readonly layerName?: string;
  readonly random: Random;
}

/** One layer of the given kind. Lectures call `vanillaRnn`, `gru` or `lstm`, which say what it computes. */
export function recurrentCell(kind: CellKind, options: RecurrentCellOptions): Cell {
  const { inputSize, hiddenSize, biasesPerGate = 1, layerName = "layer0" } = options;
  const gates = gateCount(kind);
  const parameters: Record<string, tf.Variable> = {};
  const create = (name: string, values: Float32Array, shape: number[]) => {
    parameters[`${layerName}/${name}`] = tf.tidy(() => tf.variable(tf.tensor(values, shape)));
    return parameters[`${layerName}/${name}`];
  };
  const { inputInitialiser, recurrentInitialiser, random } = options;
  const inputValues = drawGates(inputInitialiser, { rows: inputSize, hiddenSize, gates, random });
  const recurrentValues = drawGates(recurrentInitialiser, {
    rows: hiddenSize,
    hiddenSize,
    gates,
    random,
  });
  const biasValues = new Float32Array(gates * hiddenSize);
  if (options.gateBias !== undefined) {
    const { gate, value } = options.gateBias;
    biasValues.fill(value, gate * hiddenSize, (gate + 1) * hiddenSize);
  }
  const weights = {
    inputWeights: create("inputWeights", inputValues, [inputSize, gates * hiddenSize]),
    recurrentWeights: create("recurrentWeights", recurrentValues, [hiddenSize, gates * hiddenSize]),
    bias: create("bias", biasValues, [gates * hiddenSize]),
    ...(biasesPerGate === 2 && {
      recurrentBias: create("recurrentBias", new Float32Array(gates * hiddenSize), [
        gates * hiddenSize,
      ]),
    }),
  } as unknown as LayerWeights;

  return {
    inputSize,
    hiddenSize,
    parameters,
    initialState: (batchSize) => [zeroState(kind, batchSize, hiddenSize)],
    step([layerState]: CellState, input) {
      const inputProduct = addBias(tf.matMul(input, weights.inputWeights), weights.bias);
      const next = cellStep(kind, weights, inputProduct, layerState);
      return { output: next.hiddenState, state: [next] };
    },
    sequence([initialState]: CellState, inputs) {
      const { hiddenStates, finalState } = backendSequence(kind, weights, {
        inputs,
        initialState,
      });
      return { outputs: hiddenStates, state: [finalState] };
    },
    dispose: () => Object.values(parameters).forEach((parameter) => parameter.dispose()),
  };
}

function zeroState(kind: CellKind, batchSize: number, hiddenSize: number): LayerState {
  const hiddenState = tf.zeros([batchSize, hiddenSize]) as tf.Tensor2D;
  if (kind !== "lstm") return { hiddenState };
  return { hiddenState, cellState: tf.zeros([batchSize, hiddenSize]) as tf.Tensor2D };
}

/** Options of a vanilla RNN layer. */
export interface VanillaRnnOptions extends RecurrentCellOptions {
  readonly activation: "tanh" | "relu" | "sigmoid";
}

/**
 * Vanilla recurrent layer (Elman 1990): h_t = phi(x_t W + h_{t-1} U + b).
 *
 * Parameters: inputWeights W [inputSize, H], recurrentWeights U [H, H], bias b [H], and with
 * `biasesPerGate: 2` a second bias that adds to the first.
 */
export function vanillaRnn({ activation, ...options }: VanillaRnnOptions): Cell {
  return recurrentCell(`rnn-${activation}`, options);
}

/** Options of an identity-initialised relu layer. */
export interface IrnnOptions {
  readonly inputSize: number;
  readonly hiddenSize: number;
  /** Factor on the identity; 1 unless told. Below 1 the layer forgets exponentially. */
  readonly scale?: number;
  /** Standard deviation of the input weights; 0.001 unless told. */
  readonly inputDeviation?: number;
  readonly random: Random;
}

/**
 * IRNN: a vanilla RNN with relu whose recurrent matrix starts as the identity and whose biases start
 * at 0 (Le, Jaitly, Hinton 2015).
 *
 * Before training every unit that is on copies itself: h_t = relu(x_t W + h_{t-1}). The derivative
 * of a step is the identity on those units, so the gradient is the same at every distance.
 */
export function irnn(options: IrnnOptions): Cell {
  const { scale = 1, inputDeviation = 0.001, ...sizes } = options;
  return vanillaRnn({
    ...sizes,
    activation: "relu",
    inputInitialiser: gaussian(inputDeviation),
    recurrentInitialiser: identity(scale),
  });
}

/**
 * Gated recurrent unit (Cho et al. 2014), reset applied after the recurrent product as in PyTorch
 * and ONNX (`linear_before_reset=1`):
 *
 * resetGate r = s(x Wr + h Ur + br), updateGate z = s(x Wz + h Uz + bz),
 * candidate n = tanh(x Wn + bn + r * (h Un + bUn)), h' = (1 - z) n + z h.
 *
 * An update gate of 1 keeps the state as it is. Gates stand in the order r z n; with one bias per
 * gate bUn is 0.
 */
export function gru(options: RecurrentCellOptions): Cell {
  return recurrentCell("gru", options);
}

/** Options of an LSTM layer. */
export interface LstmOptions extends Omit<RecurrentCellOptions, "gateBias"> {
  /** Initial bias of the forget gate. 1 is usual (Jozefowicz et al. 2015); 0 forgets half a step. */
  readonly forgetBias: number;
}

const FORGET_GATE = 1;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997) with forget gate (Gers et al. 2000):
 *
 * inputGate i, forgetGate f, outputGate o = s(x W + h U + b), candidate g = tanh(x Wg + h Ug + bg),
 * c' = f c + i g, h' = o tanh(c').
 *
 * Gates stand in the order i f g o, as in PyTorch.
 */
export function lstm({ forgetBias, ...options }: LstmOptions): Cell {
  return recurrentCell("lstm", { ...options, gateBias: { gate: FORGET_GATE, value: forgetBias } });
}
