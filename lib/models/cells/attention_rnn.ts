import * as tf from "@tensorflow/tfjs";
import type { Cell } from "lib/models/cells/cell.ts";
import { attention, type AttentionScore } from "lib/models/attention/attention.ts";
import { glorot } from "lib/models/initialisers.ts";
import type { Random } from "lib/random/random_stream.ts";

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
 * Scores are those of `attention`. Either way the path from the answer to h_t is one step long,
 * whatever the distance.
 */
export function attentionRnn(options: AttentionRnnOptions): AttentionRnn {
  const { encoder, outputSize, score, random } = options;
  const { hiddenSize } = encoder;
  const looking = attention({ hiddenSize, score, random });
  const values = glorot()(2 * hiddenSize, outputSize, random);
  const weights = tf.tidy(() => tf.variable(tf.tensor2d(values, [2 * hiddenSize, outputSize])));
  const bias = tf.tidy(() => tf.variable(tf.zeros([outputSize])));
  return {
    encoder,
    parameters: {
      ...encoder.parameters,
      ...looking.parameters,
      "output/weights": weights,
      "output/bias": bias,
    },
    answer(inputs) {
      const [timeSteps, batchSize] = inputs.shape;
      const { outputs: states, state } = encoder.sequence(encoder.initialState(batchSize), inputs);
      const last = state[state.length - 1].hiddenState;
      const seen = looking.attend(tf.expandDims(last, 0) as tf.Tensor3D, states);
      const context = tf.reshape(seen.context, last.shape) as tf.Tensor2D;
      const read = tf.concat([last, context], 1);
      const outputs = tf.add(
        tf.matMul(read, weights as unknown as tf.Tensor2D),
        bias,
      ) as tf.Tensor2D;
      return { outputs, weights: tf.reshape(seen.weights, [timeSteps, batchSize]) as tf.Tensor2D };
    },
    dispose() {
      encoder.dispose();
      looking.dispose();
      tf.dispose([weights, bias]);
    },
  };
}
