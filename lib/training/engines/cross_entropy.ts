import * as tf from "@tensorflow/tfjs";
import { oneHotRows } from "lib/kernels/one_hot.ts";

/**
 * Cross-entropy of each row in nats: -log softmax(logits)[target].
 *
 * `logits` [rows, vocabularySize], `targetIds` [rows]; returns [rows]. Differentiable.
 */
export function crossEntropy(logits: tf.Tensor2D, targetIds: Int32Array): tf.Tensor1D {
  // Gathering the target's entry would need a gradient that the WASM backend lacks.
  const targets = oneHotRows(targetIds, logits.shape[1]);
  return tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1));
}
