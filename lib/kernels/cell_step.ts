import * as tf from "@tensorflow/tfjs";
import type { CellKind, LayerParameters } from "lib/kernels/network_config.ts";

/** The tensors of one recurrent layer; gate order as in `network_config.ts`. */
export type LayerWeights = LayerParameters<tf.Tensor2D, tf.Tensor1D>;

/** State of one recurrent layer: both [batch, hiddenSize]; only the LSTM has a cell state. */
export interface LayerState {
  readonly hiddenState: tf.Tensor2D;
  readonly cellState?: tf.Tensor2D;
}

/**
 * One time step of a recurrent cell, given its inputs' share x W + b of the pre-activations.
 *
 * `inputProduct` is [batch, G*H]. The equations stand beside each cell below. Differentiable.
 */
export function cellStep(
  kind: CellKind,
  weights: LayerWeights,
  inputProduct: tf.Tensor2D,
  state: LayerState,
): LayerState {
  const recurrentProduct = addBias(
    tf.matMul(state.hiddenState, weights.recurrentWeights),
    weights.recurrentBias,
  );
  if (kind === "lstm") return lstmStep(inputProduct, recurrentProduct, state);
  if (kind === "gru") return gruStep(inputProduct, recurrentProduct, state);
  return vanillaStep(kind, inputProduct, recurrentProduct);
}

/** Vanilla RNN (Elman 1990): h' = phi(x W + h U + b), phi = tanh, relu or sigmoid. */
function vanillaStep(
  kind: CellKind,
  inputProduct: tf.Tensor2D,
  recurrentProduct: tf.Tensor2D,
): LayerState {
  const preActivation = tf.add(inputProduct, recurrentProduct) as tf.Tensor2D;
  if (kind === "rnn-tanh") return { hiddenState: tf.tanh(preActivation) };
  if (kind === "rnn-relu") return { hiddenState: tf.relu(preActivation) };
  return { hiddenState: tf.sigmoid(preActivation) };
}

/**
 * GRU (Cho et al. 2014), reset applied after the recurrent product as PyTorch and ONNX do:
 * r = s(x Wr + h Ur + br), z = s(x Wz + h Uz + bz), n = tanh(x Wn + bn + r * (h Un + bUn)),
 * h' = (1 - z) n + z h: an update gate of 1 keeps the state.
 */
function gruStep(
  inputProduct: tf.Tensor2D,
  recurrentProduct: tf.Tensor2D,
  state: LayerState,
): LayerState {
  const [inputReset, inputUpdate, inputCandidate] = tf.split(inputProduct, 3, 1);
  const [recurrentReset, recurrentUpdate, recurrentCandidate] = tf.split(recurrentProduct, 3, 1);
  const resetGate = tf.sigmoid(tf.add(inputReset, recurrentReset));
  const updateGate = tf.sigmoid(tf.add(inputUpdate, recurrentUpdate));
  const candidate = tf.tanh(tf.add(inputCandidate, tf.mul(resetGate, recurrentCandidate)));
  const kept = tf.mul(updateGate, tf.sub(state.hiddenState, candidate));
  return { hiddenState: tf.add(candidate, kept) };
}

/**
 * LSTM with forget gate (Hochreiter and Schmidhuber 1997; Gers et al. 2000), no peepholes:
 * i, f, o = s(x W + h U + b), g = tanh(x Wg + h Ug + bg), c' = f c + i g, h' = o tanh(c').
 *
 * @throws {Error} if the state has no cell state.
 */
function lstmStep(
  inputProduct: tf.Tensor2D,
  recurrentProduct: tf.Tensor2D,
  state: LayerState,
): LayerState {
  if (state.cellState === undefined) {
    throw new Error("Cannot step an LSTM: its state has no cellState.");
  }
  const gates = tf.split(tf.add(inputProduct, recurrentProduct), 4, 1);
  const inputGate = tf.sigmoid(gates[0]);
  const forgetGate = tf.sigmoid(gates[1]);
  const candidate = tf.tanh(gates[2]);
  const outputGate = tf.sigmoid(gates[3]);
  const kept = tf.mul(forgetGate, state.cellState);
  const cellState = tf.add(kept, tf.mul(inputGate, candidate)) as tf.Tensor2D;
  return { hiddenState: tf.mul(outputGate, tf.tanh(cellState)), cellState };
}

/** Adds a bias to each row, if there is one. */
export function addBias(rows: tf.Tensor2D, bias: tf.Tensor1D | undefined): tf.Tensor2D {
  return bias === undefined ? rows : tf.add(rows, bias);
}
