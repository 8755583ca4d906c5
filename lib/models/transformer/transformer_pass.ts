import * as tf from "@tensorflow/tfjs";
import { oneHotRows } from "lib/kernels/one_hot.ts";
import type { TransformerConfig } from "lib/models/transformer/transformer_config.ts";

/** A transformer's parameters by name, as tensors. */
export type TransformerTensors = Readonly<Record<string, tf.Tensor>>;

/** What a transformer reads: tokens [time, batch], time-major, and who may look at whom. */
export interface TransformerInput {
  readonly inputIds: Int32Array;
  readonly timeSteps: number;
  readonly batchSize: number;
  /** Whether a token sees those after it too. */
  readonly seesFuture: boolean;
}

const EPSILON = 1e-5;
// Enough to make exp() exactly 0 in float32, and finite: -Infinity times a gradient of 0 is NaN.
const FORBIDDEN = -1e9;

/**
 * Logits [time * batch, vocabularySize] of a transformer. Differentiable.
 *
 * x = embedding + position; per block x += attention(norm(x)), x += contract(gelu(expand(norm(x))));
 * logits = norm(x) output. Norms come first in each block (GPT-2). A token that may not be seen gets weight
 * exactly 0, so changing it changes no bit.
 *
 * @throws {RangeError} if there are more time steps than the context has places.
 */
export function transformerLogits(
  parameters: TransformerTensors,
  config: TransformerConfig,
  input: TransformerInput,
): tf.Tensor2D {
  const { inputIds, timeSteps, batchSize, seesFuture } = input;
  const { embeddingSize, blockCount } = config;
  if (timeSteps > config.contextLength) {
    throw new RangeError(
      `Cannot run a transformer: its context has ${config.contextLength} places, the window ${timeSteps}.`,
    );
  }
  const rows = timeSteps * batchSize;
  const tokens = tf.matMul(
    oneHotRows(inputIds, config.vocabularySize),
    parameters["embedding/weights"] as tf.Tensor2D,
  );
  const places = tf.slice(parameters["positions/weights"] as tf.Tensor2D, [0, 0], [timeSteps, -1]);
  const embedded = tf.add(
    tf.reshape(tokens, [timeSteps, batchSize, embeddingSize]),
    tf.expandDims(places, 1),
  );
  let stream = tf.reshape(embedded, [rows, embeddingSize]) as tf.Tensor2D;
  const mask = seesFuture ? undefined : causalMask(timeSteps);
  for (let block = 0; block < blockCount; block++) {
    const name = `block${block}`;
    const attended = attention(layerNorm(stream, parameters, `${name}/norm1`), {
      parameters,
      name,
      ...{ timeSteps, batchSize, headCount: config.headCount, mask },
    });
    stream = tf.add(stream, attended);
    const normed = layerNorm(stream, parameters, `${name}/norm2`);
    const expanded = gelu(linear(normed, parameters, `${name}/expand`));
    stream = tf.add(stream, linear(expanded, parameters, `${name}/contract`));
  }
  const final = layerNorm(stream, parameters, "finalNorm");
  return config.tiedEmbeddings
    ? tf.matMul(final, parameters["embedding/weights"] as tf.Tensor2D, false, true)
    : tf.matMul(final, parameters["output/weights"] as tf.Tensor2D);
}

/** y = x W + b over rows. */
export function linear(
  rows: tf.Tensor2D,
  parameters: TransformerTensors,
  name: string,
): tf.Tensor2D {
  const product = tf.matMul(rows, parameters[`${name}/weights`] as tf.Tensor2D);
  return tf.add(product, parameters[`${name}/bias`]);
}

/** Rows of mean 0 and variance 1, scaled and shifted (Ba, Kiros, Hinton 2016). */
export function layerNorm(
  rows: tf.Tensor2D,
  parameters: TransformerTensors,
  name: string,
): tf.Tensor2D {
  const centred = tf.sub(rows, tf.mean(rows, 1, true));
  const variance = tf.mean(tf.square(centred), 1, true);
  const normed = tf.div(centred, tf.sqrt(tf.add(variance, EPSILON)));
  return tf.add(tf.mul(normed, parameters[`${name}/scale`]), parameters[`${name}/bias`]);
}

/** GPT-2's approximation: x / 2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) (Hendrycks, Gimpel 2016). */
function gelu(x: tf.Tensor2D): tf.Tensor2D {
  const inner = tf.mul(
    tf.add(x, tf.mul(tf.mul(tf.square(x), x), 0.044715)),
    Math.sqrt(2 / Math.PI),
  );
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
}

interface AttentionOptions {
  readonly parameters: TransformerTensors;
  readonly name: string;
  readonly timeSteps: number;
  readonly batchSize: number;
  readonly headCount: number;
  readonly mask?: tf.Tensor2D;
}

/** softmax(Q K' / sqrt(d) + mask) V per head, then the projection (Vaswani et al. 2017, equation 1). */
function attention(rows: tf.Tensor2D, options: AttentionOptions): tf.Tensor2D {
  const { parameters, name, timeSteps, batchSize, headCount, mask } = options;
  const size = rows.shape[1];
  const headSize = size / headCount;
  const heads = tf.transpose(
    tf.reshape(linear(rows, parameters, `${name}/attention`), [
      timeSteps,
      batchSize,
      3 * headCount,
      headSize,
    ]),
    [1, 2, 0, 3],
  ) as tf.Tensor4D;
  const part = (place: number) =>
    tf.slice(heads, [0, place * headCount, 0, 0], [-1, headCount, -1, -1]);
  const scores = tf.mul(tf.matMul(part(0), part(1), false, true), 1 / Math.sqrt(headSize));
  const weights = tf.softmax(mask ? tf.add(scores, mask) : scores, -1);
  const mixed = tf.transpose(tf.matMul(weights, part(2)), [2, 0, 1, 3]);
  return linear(
    tf.reshape(mixed, [timeSteps * batchSize, size]) as tf.Tensor2D,
    parameters,
    `${name}/projection`,
  );
}

/** [time, time]: 0 where row t may look at column s <= t, else minus a billion. */
function causalMask(timeSteps: number): tf.Tensor2D {
  const values = Float32Array.from(
    { length: timeSteps * timeSteps },
    (_, at) => at % timeSteps <= Math.floor(at / timeSteps) ? 0 : FORBIDDEN,
  );
  return tf.tensor2d(values, [timeSteps, timeSteps]);
}
