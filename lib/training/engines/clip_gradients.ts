import * as tf from "@tensorflow/tfjs";

/** Gradients scaled to a bounded norm, and the norm they had. The caller disposes of them. */
export interface ClippedGradients {
  readonly gradients: Record<string, tf.Tensor>;
  /** Global L2 norm before clipping. */
  readonly gradientNorm: tf.Scalar;
}

/**
 * Scales all gradients by one factor so that their global L2 norm is at most `maxGradientNorm`
 * (Pascanu, Mikolov, Bengio 2013), as PyTorch does: by maxGradientNorm / (norm + 1e-6) if below 1.
 *
 * Without a maximum it leaves the gradients alone.
 */
export function clipGradients(
  gradients: Readonly<Record<string, tf.Tensor>>,
  maxGradientNorm?: number,
): ClippedGradients {
  return tf.tidy(() => {
    const gradientNorm = globalNorm(gradients);
    const scale = maxGradientNorm === undefined
      ? tf.scalar(1)
      : tf.minimum(1, tf.div(maxGradientNorm, tf.add(gradientNorm, 1e-6)));
    const entries = Object.entries(gradients).map((
      [name, gradient],
    ) => [name, tf.mul(gradient, scale)]);
    return { gradients: Object.fromEntries(entries), gradientNorm };
  });
}

/** Global L2 norm over all gradients. */
export function globalNorm(gradients: Readonly<Record<string, tf.Tensor>>): tf.Scalar {
  return tf.tidy(() => {
    const squares = Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)));
    // Not addN: on WebGPU it binds them all at once, and a device allows as few as seven.
    return tf.sqrt(tf.sum(tf.stack(squares))) as tf.Scalar;
  });
}
