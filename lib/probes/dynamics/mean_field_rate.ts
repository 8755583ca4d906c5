import { bisect } from "lib/probes/bisection.ts";

/** What mean-field theory says of a wide random tanh RNN. */
export interface MeanField {
  /** Factor per step of the gradient's norm: sqrt of chi = gain^2 E[phi'(u)^2]. */
  readonly ratePerStep: number;
  /** Variance of a pre-activation in the steady state. */
  readonly preActivationVariance: number;
}

/**
 * Rate at which gradients grow per step in a wide RNN with weights N(0, gain^2 / H), in the steady
 * state (Poole et al. 2016; Schoenholz et al. 2017, for the recurrent case).
 *
 * A pre-activation u is normal with variance q = gain^2 E[tanh(u)^2] + inputVariance; the squared
 * gradient grows by chi = gain^2 E[tanh'(u)^2] per step. At chi = 1 lies the edge of chaos: with no
 * input at gain 1, with input further up, because input saturates units.
 */
export function meanFieldRate(
  { gain, inputVariance }: { gain: number; inputVariance: number },
): MeanField {
  let variance = inputVariance + 1e-9;
  for (let round = 0; round < 2000; round++) {
    const next = gain ** 2 * gaussianMean((u) => Math.tanh(u) ** 2, variance) + inputVariance;
    const done = Math.abs(next - variance) < 1e-13;
    variance = next;
    if (done) break;
  }
  const chi = gain ** 2 * gaussianMean((u) => (1 - Math.tanh(u) ** 2) ** 2, variance);
  return { ratePerStep: Math.sqrt(chi), preActivationVariance: variance };
}

/** The gain at which gradients neither vanish nor explode in the mean, by bisection. */
export function criticalGain({ inputVariance }: { inputVariance: number }): number {
  const vanishes = (gain: number) => meanFieldRate({ gain, inputVariance }).ratePerStep < 1;
  return bisect(vanishes, { from: 0.5, to: 20, rounds: 50 });
}

/** E[f(u)] for u normal with the given variance, by the trapezoidal rule over +-8 deviations. */
function gaussianMean(f: (u: number) => number, variance: number): number {
  const deviation = Math.sqrt(variance);
  const count = 200;
  let sum = 0;
  let weight = 0;
  for (let i = 0; i <= count; i++) {
    const z = -8 + 16 * i / count;
    const density = Math.exp(-z * z / 2);
    sum += density * f(deviation * z);
    weight += density;
  }
  return sum / weight;
}

/** Which network, and how its gates start. */
export interface GateLoop {
  readonly cell: "rnn-tanh" | "gru" | "lstm";
  /** As a random layer is drawn: of the LSTM's forget gate or the GRU's update gate, both gate 1. */
  readonly gateBias?: { readonly gate: number; readonly value: number };
  /** Of the recurrent matrix of every gate: 1 / sqrt(3) for PyTorch's draw, uniform in +- 1 / sqrt(H). */
  readonly spectralRadius: number;
}

/**
 * Factor per step by which the gradient of a network's whole state changes, with all gates at their
 * means and all activations linear, as at the start of training.
 *
 * Along the leading direction of the recurrent matrix, of radius rho, an LSTM multiplies (c, h) by
 * [[f, i rho], [o f, o i rho]], a matrix of rank one: its rate is its trace, f + i o rho. A GRU, h' =
 * n + z (h - n), has z + (1 - z) r rho, a tanh network rho. Gates of bias 0 are at 1/2.
 *
 * @throws {RangeError} if the bias is that of another gate.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gateLoopRate } from "lib/probes/dynamics/mean_field_rate.ts";
 * assertEquals(gateLoopRate({ cell: "lstm", spectralRadius: 1 }), 0.75);
 * ```
 */
export function gateLoopRate({ cell, gateBias, spectralRadius }: GateLoop): number {
  const { gate, value } = gateBias ?? { gate: 1, value: 0 };
  if (gate !== 1) throw new RangeError(`Cannot foretell a rate: gate 1 has the bias, not ${gate}.`);
  const open = 1 / (1 + Math.exp(-value));
  if (cell === "lstm") return open + spectralRadius / 4;
  if (cell === "gru") return open + (1 - open) * spectralRadius / 2;
  return spectralRadius;
}
