import { moveRow, type OutputLayer, rowScore, zeroRows } from "lib/models/output/output_layer.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";
import type { Random } from "lib/random/random_stream.ts";
import { tableSampler } from "lib/random/table_sampler.ts";

/** A softmax whose sum is estimated from a few tokens while it learns. */
export interface SampledSoftmaxOptions {
  /** How likely each token is drawn, [vocabularySize], all above 0: its frequency, say. */
  readonly proposal: ArrayLike<number>;
  readonly hiddenSize: number;
  /** Tokens drawn for each target, with replacement. */
  readonly sampleCount: number;
  readonly random: Random;
}

/**
 * An output layer that learns with importance sampling (Bengio and Senécal 2008; Jean et al. 2015):
 *
 * loss = ln(e^z_y + 1/k sum_i e^z_i / q_i) - z_y over k tokens i drawn from q, those equal to y left out.
 *
 * The sum inside estimates sum_j e^z_j without bias; its logarithm, and so the loss, is too small on
 * average, by about Var / 2. `logProbabilities` is the full softmax of the same scores: what was
 * learned is measured without sampling.
 *
 * `trainingLoss` and `learn` draw tokens; each call draws anew.
 */
export function sampledSoftmax(options: SampledSoftmaxOptions): OutputLayer {
  const { proposal, hiddenSize, sampleCount, random } = options;
  const vocabularySize = proposal.length;
  const rows = zeroRows(vocabularySize, hiddenSize);
  const sampler = tableSampler(proposal);
  const estimate = (state: Float64Array, target: number) => {
    const tokens = [target];
    while (tokens.length <= sampleCount) {
      tokens.push(sampler.draw(random));
    }
    const scores = Float64Array.from(tokens, (token, place) => {
      if (place === 0) return rowScore(rows, token, state);
      if (token === target) return -Infinity;
      return rowScore(rows, token, state) - Math.log(sampleCount * sampler.probability(token));
    });
    return { tokens, logs: logSoftmaxRow(scores, scores.length) };
  };
  return {
    name: `sampled softmax, ${sampleCount} tokens`,
    vocabularySize,
    logProbabilities: (state) =>
      logSoftmaxRow(
        Float64Array.from({ length: vocabularySize }, (_, token) => rowScore(rows, token, state)),
        vocabularySize,
      ),
    trainingLoss: (state, target) => -estimate(state, target).logs[0],
    learn(state, target, learningRate) {
      const { tokens, logs } = estimate(state, target);
      tokens.forEach((token, place) => {
        const slope = Math.exp(logs[place]) - (place === 0 ? 1 : 0);
        if (slope !== 0) moveRow(rows, token, { state, slope, learningRate });
      });
    },
    learningCost: () => 2 * (sampleCount + 1) * hiddenSize,
  };
}
