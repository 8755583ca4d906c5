import { randomStream } from "lib/random/random_stream.ts";
import { tableSampler } from "lib/random/table_sampler.ts";

/** Real distributions to estimate from, and how. */
export interface SampledBiasOptions {
  /** Of the model's softmax at each position, [positions][vocabularySize]. */
  readonly probabilities: readonly Float64Array[];
  /** [positions] */
  readonly targetIds: ArrayLike<number>;
  /** How likely each token is drawn, [vocabularySize]. */
  readonly proposal: ArrayLike<number>;
  readonly sampleCounts: readonly number[];
  /** Estimates made of each position's loss. */
  readonly draws: number;
  readonly seed: number;
}

/** How far the loss of a sampled softmax is off. */
export interface SampledBias {
  readonly sampleCount: number;
  /** Mean over positions and draws of estimate - loss, nats. */
  readonly biasNats: number;
  /** Standard error of that mean. */
  readonly standardError: number;
  /** -(relative variance of the estimated sum) / 2: what the second order of the logarithm gives. */
  readonly predictedNats: number;
}

/**
 * The bias of the sampled softmax's loss (`sampledSoftmax`), by many draws, beside its prediction.
 *
 * With p the full softmax, an estimate is off by ln(p_y + 1/k sum_i p_i / q_i), a logarithm of something
 * whose mean is 1: below 0 on average, by Jensen's inequality.
 */
export function sampledBias(options: SampledBiasOptions): SampledBias[] {
  const { probabilities, targetIds, proposal, sampleCounts, draws, seed } = options;
  const sampler = tableSampler(proposal);
  const chances = Float64Array.from(proposal, (_, token) => sampler.probability(token));
  const variance = sampledVariance(probabilities, { targetIds, proposal: chances });
  return sampleCounts.map((sampleCount) => {
    const random = randomStream(seed, `samples ${sampleCount}`);
    let sum = 0, squares = 0;
    probabilities.forEach((row, position) => {
      const target = targetIds[position];
      for (let draw = 0; draw < draws; draw++) {
        let total = 0;
        for (let sample = 0; sample < sampleCount; sample++) {
          const token = sampler.draw(random);
          if (token !== target) total += row[token] / chances[token];
        }
        const error = Math.log(row[target] + total / sampleCount);
        sum += error;
        squares += error * error;
      }
    });
    const count = probabilities.length * draws;
    const biasNats = sum / count;
    return {
      sampleCount,
      biasNats,
      standardError: Math.sqrt((squares / count - biasNats ** 2) / count),
      predictedNats: -variance / (2 * sampleCount),
    };
  });
}

/**
 * Variance of one sample's p_i / q_i, i not the target, averaged over positions: over k it is the
 * relative variance of the estimated sum, and k must be well above it for the estimate to be of use.
 */
export function sampledVariance(
  probabilities: readonly Float64Array[],
  { targetIds, proposal }: { targetIds: ArrayLike<number>; proposal: ArrayLike<number> },
): number {
  let total = 0;
  probabilities.forEach((row, position) => {
    const target = targetIds[position];
    row.forEach((p, token) => {
      if (token !== target && p > 0) total += p * p / proposal[token];
    });
    total -= (1 - row[target]) ** 2;
  });
  return total / probabilities.length;
}
