import * as tf from "@tensorflow/tfjs";
import { glorot } from "lib/models/initialisers.ts";
import type { Random } from "lib/random/random_stream.ts";

/** How a query is compared with a state. */
export type AttentionScore = "additive" | "scaled dot product";

/** What an attention is made of. */
export interface AttentionOptions {
  readonly hiddenSize: number;
  readonly score: AttentionScore;
  readonly random: Random;
}

/** Where the queries looked, and what they saw there. */
export interface Attended {
  /** [query, time, batch]: sums to 1 over time, 0 where the mask is 0. */
  readonly weights: tf.Tensor3D;
  /** sum_t weight_t h_t, [query, batch, hiddenSize]. */
  readonly context: tf.Tensor3D;
}

/** Looks back at all states of a sequence at once. */
export interface Attention {
  readonly parameters: Readonly<Record<string, tf.Variable>>;
  /**
   * `queries` [query, batch, hiddenSize] at `states` [time, batch, hiddenSize]; `mask` [time, batch] is 1
   * where there is something to see. Differentiable.
   */
  attend(queries: tf.Tensor3D, states: tf.Tensor3D, mask?: tf.Tensor2D): Attended;
  dispose(): void;
}

/**
 * Attention of queries q to states h_1 ... h_T: weights a_t = softmax_t score(q, h_t), context
 * c = sum_t a_t h_t.
 *
 * Scores: additive, v tanh(q Q + h_t K) (Bahdanau, Cho, Bengio 2015), or scaled dot product,
 * (q Q) (h_t K) / sqrt(H) (Vaswani et al. 2017).
 */
export function attention({ hiddenSize, score, random }: AttentionOptions): Attention {
  const draw = (rows: number, columns: number) => {
    const values = glorot()(rows, columns, random);
    return tf.tidy(() => tf.variable(tf.tensor2d(values, [rows, columns])));
  };
  const parameters: Record<string, tf.Variable> = {
    "attention/query": draw(hiddenSize, hiddenSize),
    "attention/key": draw(hiddenSize, hiddenSize),
    ...(score === "additive" && { "attention/score": draw(hiddenSize, 1) }),
  };
  const through = (rows: tf.Tensor3D, name: string) => {
    const flat = tf.reshape(rows, [-1, hiddenSize]) as tf.Tensor2D;
    const product = tf.matMul(flat, parameters[name] as unknown as tf.Tensor2D);
    return tf.reshape(product, [rows.shape[0], rows.shape[1], -1]) as tf.Tensor3D;
  };
  /** [batch, query, time], both given batch first. */
  const scores = (asked: tf.Tensor3D, keys: tf.Tensor3D) => {
    if (score === "scaled dot product") {
      return tf.div(tf.matMul(asked, keys, false, true), Math.sqrt(hiddenSize));
    }
    const shape = [asked.shape[0], asked.shape[1], keys.shape[1]];
    const mixed = tf.tanh(tf.add(tf.expandDims(asked, 2), tf.expandDims(keys, 1)));
    const rows = tf.reshape(mixed, [1, -1, hiddenSize]) as tf.Tensor3D;
    return tf.reshape(through(rows, "attention/score"), shape);
  };
  return {
    parameters,
    attend(queries, states, mask) {
      const asked = batchFirst(through(queries, "attention/query"));
      const free = scores(asked, batchFirst(through(states, "attention/key")));
      // A hidden place's score is so low that its weight is exactly 0.
      const shown = mask && tf.expandDims(tf.transpose(tf.mul(tf.sub(mask, 1), 1e9)), 1);
      const weights = tf.softmax(shown ? tf.add(free, shown) : free) as tf.Tensor3D;
      const context = batchFirst(tf.matMul(weights, batchFirst(states)));
      return { weights: tf.transpose(weights, [1, 2, 0]), context };
    },
    dispose: () => tf.dispose(parameters),
  };
}

/** [time, batch, size] to [batch, time, size] and back. */
function batchFirst(rows: tf.Tensor3D): tf.Tensor3D {
  return tf.transpose(rows, [1, 0, 2]);
}
