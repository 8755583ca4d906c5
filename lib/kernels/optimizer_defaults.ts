import type { OptimizerSettings } from "lib/kernels/sequence_network.ts";

/** The update rules there are. */
export const optimizerKinds = ["sgd", "adagrad", "rmsprop", "adam"] as const;

/** Which arrays an update rule carries from step to step: see `OptimizerState`. */
export function carriedArrays(
  { kind, momentum = 0 }: Pick<OptimizerSettings, "kind" | "momentum">,
): { readonly squares: boolean; readonly moments: boolean } {
  return {
    squares: kind !== "sgd",
    moments: kind === "adam" || (kind === "sgd" && momentum !== 0),
  };
}

/** Fills in PyTorch's defaults. */
export function withDefaults(settings: OptimizerSettings): Required<OptimizerSettings> {
  return {
    weightDecay: 0,
    momentum: 0,
    smoothing: 0.99,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: settings.kind === "adagrad" ? 1e-10 : 1e-8,
    ...settings,
  };
}

/**
 * Key of the dropout masks of one training step: MurmurHash3's finaliser over seed and step, so
 * that neighbouring steps and seeds draw unrelated masks.
 */
export function dropoutKey(seed: number, trainingStep: number): number {
  return mixBits(mixBits(seed ^ 0x9e3779b9) ^ trainingStep);
}

/** MurmurHash3's finaliser: every bit of the input reaches every bit of the result. */
export function mixBits(bits: number): number {
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
