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
