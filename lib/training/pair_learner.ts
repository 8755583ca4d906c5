import * as tf from "@tensorflow/tfjs";
import { readTensors } from "lib/kernels/read_tensor.ts";
import type { OptimizerSettings } from "lib/kernels/sequence_network.ts";
import type { EncoderDecoder } from "lib/models/encoder_decoder.ts";
import type { PairBatch } from "lib/sources/reversal_task.ts";
import { clipGradients } from "lib/training/clip_gradients.ts";
import { crossEntropy } from "lib/training/cross_entropy.ts";
import { tfOptimizer } from "lib/training/tf_optimizer.ts";

/** How an encoder-decoder is trained. */
export interface PairTraining {
  readonly optimizer: OptimizerSettings;
  readonly maxGradientNorm?: number;
}

/** Trains an encoder-decoder on pairs of sequences, by teacher forcing. */
export interface PairLearner {
  /** One update; the loss is that before it, nats per target that counts. */
  trainStep(batch: PairBatch): Promise<{ lossNats: number; gradientNorm: number }>;
  setLearningRate(learningRate: number): void;
  /** Of the optimiser's state; the network stays. */
  dispose(): void;
}

/** Trains on plain tfjs, on the current backend. */
export function pairLearner(
  network: EncoderDecoder,
  { optimizer, maxGradientNorm }: PairTraining,
): PairLearner {
  const { parameters } = network;
  const updater = tfOptimizer(optimizer, parameters);
  return {
    async trainStep(batch) {
      const { value, grads } = tf.variableGrads(
        () => pairLoss(network, batch),
        Object.values(parameters),
      );
      const named = Object.fromEntries(
        Object.entries(parameters).map(([name, { name: own }]) => [name, grads[own]]),
      );
      const { gradients, gradientNorm } = clipGradients(named, maxGradientNorm);
      updater.apply(gradients);
      const [[lossNats], [norm]] = await readTensors([value, gradientNorm]);
      tf.dispose([value, grads, gradients, gradientNorm]);
      return { lossNats, gradientNorm: norm };
    },
    setLearningRate: (learningRate) => updater.setLearningRate(learningRate),
    dispose: () => updater.dispose(),
  };
}

/** Mean nats of the targets that count, given all before them. Differentiable. */
export function pairLoss(network: EncoderDecoder, batch: PairBatch): tf.Scalar {
  const weights = tf.tensor1d(batch.targetMask);
  const losses = crossEntropy(network.scores(batch).logits, batch.targetIds);
  return tf.div(tf.sum(tf.mul(losses, weights)), tf.sum(weights)) as tf.Scalar;
}
