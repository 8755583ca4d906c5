import * as tf from "@tensorflow/tfjs";
import type { OptimizerSettings } from "lib/kernels/sequence_network.ts";
import type { EncoderDecoder } from "lib/models/encoder_decoder.ts";
import type { PairBatch } from "lib/sources/reversal_task.ts";
import { crossEntropy } from "lib/training/engines/cross_entropy.ts";
import { type TensorStep, tensorStepper } from "lib/training/engines/tensor_step.ts";

/** How an encoder-decoder is trained. */
export interface PairTraining {
  readonly optimizer: OptimizerSettings;
  readonly maxGradientNorm?: number;
}

/** Trains an encoder-decoder on pairs of sequences, by teacher forcing. */
export interface PairLearner {
  /** One update; the loss is that before it, nats per target that counts. */
  trainStep(batch: PairBatch): Promise<TensorStep>;
  setLearningRate(learningRate: number): void;
  /** Of the optimiser's state; the network stays. */
  dispose(): void;
}

/** Trains on plain tfjs, on the current backend. */
export function pairLearner(network: EncoderDecoder, training: PairTraining): PairLearner {
  const { optimizer, step } = tensorStepper(network.parameters, training);
  return {
    trainStep: (batch) => step(() => pairLoss(network, batch)),
    setLearningRate: (learningRate) => optimizer.setLearningRate(learningRate),
    dispose: () => optimizer.dispose(),
  };
}

/** Mean nats of the targets that count, given all before them. Differentiable. */
export function pairLoss(network: EncoderDecoder, batch: PairBatch): tf.Scalar {
  const weights = tf.tensor1d(batch.targetMask);
  const losses = crossEntropy(network.scores(batch).logits, batch.targetIds);
  return tf.div(tf.sum(tf.mul(losses, weights)), tf.sum(weights)) as tf.Scalar;
}
