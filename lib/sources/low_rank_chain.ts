import { randomNormal } from "lib/random/normal.ts";
import type { Random } from "lib/random/random_stream.ts";
import { markovChain, type RecentSymbols } from "lib/sources/markov_chain.ts";
import type { SequenceSource } from "lib/sources/sequence_source.ts";

/** A Markov chain of order 1 whose log-probabilities have a known rank. */
export interface LowRankChainOptions {
  readonly alphabet: readonly string[];
  /** Rank of the scores behind the conditionals, below the size of the alphabet. */
  readonly rank: number;
  /** Standard deviation of a score: the larger, the more the contexts differ. */
  readonly scoreSpread: number;
  readonly random: Random;
}

/** The chain and its rows. */
export interface LowRankChain {
  readonly source: SequenceSource<RecentSymbols>;
  /** P(next | previous), [previous][next]. */
  readonly conditionals: readonly Float64Array[];
}

/**
 * A Markov chain with P(. | i) = softmax(a_i B), a_i normal in `rank` dimensions, B normal.
 *
 * The matrix of its log-probabilities has that rank up to a constant per row, which softmax takes out:
 * what Yang, Dai, Salakhutdinov and Cohen (2018) call the rank of a language, here known by construction.
 *
 * @throws {RangeError} unless rank is a whole number from 1 to the size of the alphabet less 1
 */
export function lowRankChain(options: LowRankChainOptions): LowRankChain {
  const { alphabet, rank, scoreSpread, random } = options;
  const size = alphabet.length;
  if (!(Number.isInteger(rank) && rank >= 1 && rank < size)) {
    throw new RangeError(`Cannot make a chain of rank ${rank} over ${size} symbols.`);
  }
  const draw = randomNormal(random);
  const matrix = (rows: number, columns: number) =>
    Array.from({ length: rows }, () => Float64Array.from({ length: columns }, draw));
  const left = matrix(size, rank), right = matrix(rank, size);
  const conditionals = left.map((row) => {
    const scale = scoreSpread / Math.sqrt(rank);
    const weights = Float64Array.from(
      { length: size },
      (_, next) => Math.exp(scale * row.reduce((sum, value, k) => sum + value * right[k][next], 0)),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  });
  const uniform = new Float64Array(size).fill(1 / size);
  const source = markovChain({
    name: `Markov chain of rank ${rank}`,
    alphabet,
    order: 1,
    transition: ([previous]) => conditionals[previous] ?? uniform,
  });
  return { source, conditionals };
}
