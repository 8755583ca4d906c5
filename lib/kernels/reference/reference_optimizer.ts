import { withDefaults } from "lib/kernels/optimizer_defaults.ts";
import type { OptimizerSettings } from "lib/kernels/sequence_network.ts";

/** Arrays of parameters, gradients or moments by name. */
export type NamedArrays = Record<string, Float64Array>;

/** Global L2 norm of all gradients together. */
export function globalNorm(gradients: NamedArrays): number {
  let sum = 0;
  for (const values of Object.values(gradients)) for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

/** Factor that `torch.nn.utils.clip_grad_norm_` scales by: max / (norm + 1e-6) if below 1. */
export function clipFactor(gradientNorm: number, maxGradientNorm: number | undefined): number {
  if (maxGradientNorm === undefined) return 1;
  return Math.min(1, maxGradientNorm / (gradientNorm + 1e-6));
}

/**
 * One update of one array by PyTorch's rules, in place. With g the clipped gradient plus
 * weightDecay times the parameter p, and the learning rate a:
 *
 * SGD: u = momentum u + g, p -= a u. Adagrad: s += g^2, p -= a g / (sqrt(s) + e).
 * RMSprop: s = k s + (1 - k) g^2, same step. Adam: m = b1 m + (1 - b1) g, s = b2 s + (1 - b2) g^2,
 * p -= a / (1 - b1^t) m / (sqrt(s / (1 - b2^t)) + e).
 */
export function updateArray(
  settings: OptimizerSettings,
  { parameter, gradient, moment, square, factor, learningRate, trainingStep }: {
    parameter: Float64Array;
    gradient: Float64Array;
    moment: Float64Array;
    square: Float64Array;
    factor: number;
    learningRate: number;
    /** Counted from 1. */
    trainingStep: number;
  },
): void {
  const { kind, weightDecay, momentum, smoothing, beta1, beta2, epsilon } = withDefaults(settings);
  const [meanShare, squareShare] = [1 - beta1 ** trainingStep, 1 - beta2 ** trainingStep];
  for (let i = 0; i < parameter.length; i++) {
    const g = factor * gradient[i] + weightDecay * parameter[i];
    if (kind === "sgd") {
      moment[i] = momentum * moment[i] + g;
      parameter[i] -= learningRate * moment[i];
    } else if (kind === "adam") {
      moment[i] = beta1 * moment[i] + (1 - beta1) * g;
      square[i] = beta2 * square[i] + (1 - beta2) * g * g;
      const mean = moment[i] / meanShare;
      const root = Math.sqrt(square[i] / squareShare);
      parameter[i] -= learningRate * mean / (root + epsilon);
    } else {
      square[i] = kind === "adagrad"
        ? square[i] + g * g
        : smoothing * square[i] + (1 - smoothing) * g * g;
      parameter[i] -= learningRate * g / (Math.sqrt(square[i]) + epsilon);
    }
  }
}
