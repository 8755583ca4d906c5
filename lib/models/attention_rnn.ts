import * as tf from "@tensorflow/tfjs";
import type { Cell } from "lib/models/cell.ts";
import { glorot } from "lib/models/initialisers.ts";
import type { Random } from "lib/random/random_stream.ts";

/** How a query is compared with a state. */
export type AttentionScore = "additive" | "scaled dot product";

/** What an attention RNN is made of. */
export interface AttentionRnnOptions {
  /** Reads the sequence; its states are what is attended to. */
  readonly encoder: Cell;
  readonly outputSize: number;
  readonly score: AttentionScore;
  readonly random: Random;
}

/** Outputs at the end of a sequence, and where it looked. */
export interface AttentionAnswer {
  /** [batch, outputSize] */
  readonly outputs: tf.Tensor2D;
  /** [time, batch]: sums to 1 over time. */
  readonly weights: tf.Tensor2D;
}

/** A recurrent network that looks back at all of its states before it answers. */
export interface AttentionRnn {
  readonly encoder: Cell;
  readonly parameters: Readonly<Record<string, tf.Variable>>;
  /** `inputs` [time, batch, inputSize]. Differentiable. */
  answer(inputs: tf.Tensor3D): AttentionAnswer;
  dispose(): void;
}

/**
 * An RNN whose last state h_T asks all states h_1 ... h_T: weights a_t = softmax_t score(h_T, h_t),
 * context c = sum_t a_t h_t, outputs (h_T, c) W + b.
 *
 * Scores: additive, v tanh(h_T Q + h_t K) (Bahdanau, Cho, Bengio 2015), or scaled dot product,
 * (h_T Q) (h_t K) / sqrt(H) (Vaswani et al. 2017). Either way the path from the answer to h_t is one
 * step long, whatever the distance.
 */
export function attentionRnn(options: AttentionRnnOptions): AttentionRnn {
  const { encoder, outputSize, score, random } = options;
  const { hiddenSize } = encoder;
  const draw = (rows: number, columns: number) => {
    const values = glorot()(rows, columns, random);
    return tf.tidy(() => tf.variable(tf.tensor2d(values, [rows, columns])));
  };
  const own: Record<string, tf.Variable> = {
    "attention/query": draw(hiddenSize, hiddenSize),
    "attention/key": draw(hiddenSize, hiddenSize),
    ...(score === "additive" && { "attention/score": draw(hiddenSize, 1) }),
    "output/weights": draw(2 * hiddenSize, outputSize),
    "output/bias": tf.tidy(() => tf.variable(tf.zeros([outputSize]))),
  };
  const matrix = (name: string) => own[name] as unknown as tf.Tensor2D;
  const scores = (query: tf.Tensor2D, states: tf.Tensor3D) => {
    const [timeSteps, batchSize] = states.shape;
    const flat = tf.reshape(states, [timeSteps * batchSize, hiddenSize]) as tf.Tensor2D;
    const asked = tf.expandDims(tf.matMul(query, matrix("attention/query")), 0);
    const keys = tf.reshape(tf.matMul(flat, matrix("attention/key")), states.shape);
    if (score === "additive") {
      const mixed = tf.reshape(tf.tanh(tf.add(asked, keys)), [timeSteps * batchSize, hiddenSize]);
      const summed = tf.matMul(mixed as tf.Tensor2D, matrix("attention/score"));
      return tf.reshape(summed, [timeSteps, batchSize]);
    }
    return tf.div(tf.sum(tf.mul(asked, keys), 2), Math.sqrt(hiddenSize));
  };
  return {
    encoder,
    parameters: { ...encoder.parameters, ...own },
    answer(inputs) {
      const { outputs: states, state } = encoder.sequence(
        encoder.initialState(inputs.shape[1]),
        inputs,
      );
      const last = state[state.length - 1].hiddenState;
      // softmax runs along the last axis only
      const weights = tf.transpose(tf.softmax(tf.transpose(scores(last, states)))) as tf.Tensor2D;
      const context = tf.sum(tf.mul(tf.expandDims(weights, 2), states), 0);
      const read = tf.concat([last, context as tf.Tensor2D], 1);
      const outputs = tf.add(tf.matMul(read, matrix("output/weights")), own["output/bias"]);
      return { outputs: outputs as tf.Tensor2D, weights };
    },
    dispose() {
      encoder.dispose();
      tf.dispose(own);
    },
  };
}
