import * as tf from "@tensorflow/tfjs";
import type { AttentionRnn } from "lib/models/cells/attention_rnn.ts";
import type { CausalTransformer } from "lib/models/transformer/causal_transformer.ts";
import type { Cell } from "lib/models/cells/cell.ts";
import { oneHotRows } from "lib/kernels/one_hot.ts";
import type { GradientAtDistance } from "lib/probes/gradients/gradient_by_distance.ts";

/** A direction in which the outputs at the last time step are to move: their sum weighted by it. */
export type OutputDirection = ArrayLike<number>;

/**
 * Norm of the gradient of the last output with respect to each earlier input, by distance: how much
 * of what stood k steps ago reaches the loss, through whatever paths the network has.
 *
 * For a recurrent cell: outputs are h_T. Inputs are one-hot tokens, so the gradient has one entry a
 * token. Plain tfjs, float32: norms below 1e-38 are zero.
 */
export function cellInputGradient(
  cell: Cell,
  ids: Int32Array,
  direction: OutputDirection,
): GradientAtDistance[] {
  return inputGradient(ids, cell.inputSize, (inputs) => {
    const { outputs } = cell.sequence(cell.initialState(1), inputs);
    return weighted(tf.slice(outputs, [ids.length - 1, 0, 0]), direction);
  });
}

/** The same for an attention RNN, whose outputs are its answer. */
export function attentionInputGradient(
  network: AttentionRnn,
  ids: Int32Array,
  direction: OutputDirection,
): GradientAtDistance[] {
  const { inputSize } = network.encoder;
  return inputGradient(
    ids,
    inputSize,
    (inputs) => weighted(network.answer(inputs).outputs, direction),
  );
}

/**
 * The same for a causal transformer, with respect to the embedded tokens: each is the sum of a token's
 * vector and its position's, so the gradient of the position vectors is read.
 *
 * @throws {RangeError} if the text is longer than the model's context.
 */
export function transformerInputGradient(
  model: CausalTransformer,
  ids: Int32Array,
  direction: OutputDirection,
): GradientAtDistance[] {
  const { contextLength, embeddingSize } = model.config;
  if (ids.length > contextLength) {
    throw new RangeError(
      `Cannot read ${ids.length} tokens: the model's context holds ${contextLength}.`,
    );
  }
  const positions = model.parameters["positions/weights"];
  return tf.tidy(() => {
    const { grads } = tf.variableGrads(() => {
      const window = { inputIds: ids, timeSteps: ids.length, batchSize: 1 };
      const { logits } = model.forward(window, []);
      return weighted(tf.slice(logits, [ids.length - 1, 0]), direction);
    }, [positions]);
    return byDistance(grads[positions.name].dataSync(), ids.length, embeddingSize);
  });
}

function inputGradient(
  ids: Int32Array,
  inputSize: number,
  output: (inputs: tf.Tensor3D) => tf.Scalar,
): GradientAtDistance[] {
  return tf.tidy(() => {
    const inputs = tf.reshape(oneHotRows(ids, inputSize), [
      ids.length,
      1,
      inputSize,
    ]) as tf.Tensor3D;
    const gradient = tf.grad((given) => output(given as tf.Tensor3D))(inputs);
    return byDistance(gradient.dataSync(), ids.length, inputSize);
  });
}

function weighted(outputs: tf.Tensor, direction: OutputDirection): tf.Scalar {
  const weights = tf.tensor(Float32Array.from(direction), outputs.shape);
  return tf.sum(tf.mul(outputs, weights)) as tf.Scalar;
}

function byDistance(values: ArrayLike<number>, timeSteps: number, size: number) {
  return Array.from({ length: timeSteps }, (_, distance) => {
    const start = (timeSteps - 1 - distance) * size;
    let sum = 0;
    for (let i = 0; i < size; i++) sum += values[start + i] ** 2;
    return { distance, log10Norm: Math.log10(Math.sqrt(sum)) };
  });
}
