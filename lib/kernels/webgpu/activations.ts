import type { CellKind } from "lib/kernels/network_config.ts";

/**
 * WGSL nonlinearities on `Rows`. Arguments are bounded where float32 has saturated anyway: drivers
 * differ in what they make of an exponential that overflows (NaN in some a tanh of 45).
 */
export const ACTIVATIONS = `
    fn sigmoid(x : Rows) -> Rows {
      return Rows(1) / (Rows(1) + exp(-clamp(x, Rows(-80), Rows(80))));
    }
    fn clampedTanh(x : Rows) -> Rows { return tanh(clamp(x, Rows(-15), Rows(15))); }
    fn relu(x : Rows) -> Rows { return max(x, Rows(0)); }`;

/** Name of the WGSL function that a vanilla cell applies. */
export function activationOf(kind: CellKind): "clampedTanh" | "relu" | "sigmoid" {
  return kind === "rnn-relu" ? "relu" : kind === "rnn-sigmoid" ? "sigmoid" : "clampedTanh";
}
