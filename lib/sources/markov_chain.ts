import { randomDistribution } from "lib/random/dirichlet.ts";
import type { Random } from "lib/random/random_stream.ts";
import {
  defineSource,
  entropyBits,
  requireDistribution,
  type SequenceSource,
} from "lib/sources/sequence_source.ts";
import { stationaryDistribution } from "lib/sources/stationary_distribution.ts";

/** What a Markov chain's predictor must keep: the last `order` symbols, oldest first; fewer at the start. */
export type RecentSymbols = readonly number[];

/** A Markov chain of any order over any alphabet. */
export interface MarkovChainOptions {
  alphabet: readonly string[];
  /** Number of symbols the next one depends on; 0 for independent symbols. */
  order: number;
  /** P(next | last `order` symbols, oldest first), [alphabet.length], for every context. */
  transition: (context: RecentSymbols) => ArrayLike<number>;
  name?: string;
}

/**
 * A stationary Markov chain with exact conditionals, also for prefixes shorter than its order.
 *
 * Its entropy rate is sum over contexts c of pi(c) H(next | c), pi the stationary distribution. Where
 * the chain has several closed sets of contexts, pi is what a uniform start leads to.
 *
 * @throws {RangeError} if order is not a whole number from 0, there are more than a million contexts, or
 * a row is not a distribution.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { markovChain } from "lib/sources/markov_chain.ts";
 * const coin = markovChain({ alphabet: ["h", "t"], order: 0, transition: () => [0.5, 0.5] });
 * assertAlmostEquals(coin.entropyRateBits.value, 1, 1e-12);
 * ```
 */
export function markovChain(options: MarkovChainOptions): SequenceSource<RecentSymbols> {
  const { alphabet, order, transition, name = `Markov chain of order ${options.order}` } = options;
  const size = alphabet.length;
  const contextCount = size ** order;
  if (!Number.isInteger(order) || order < 0 || contextCount > 1e6) {
    throw new RangeError(
      `Cannot define ${name}: order ${order} over ${size} symbols gives ${contextCount} contexts.`,
    );
  }
  const rows = Array.from({ length: contextCount }, (_, context) => {
    const symbols = unpack(context, { size, order });
    const what = `the row of context [${symbols.map((symbol) => alphabet[symbol])}]`;
    return requireDistribution(transition(symbols), { size, what });
  });
  const stationary = stationaryDistribution(contextCount, (current, next) => {
    rows.forEach((row, context) => {
      const tail = (context * size) % contextCount; // the oldest symbol drops out
      for (let symbol = 0; symbol < size; symbol++) {
        next[order === 0 ? 0 : tail + symbol] += current[context] * row[symbol];
      }
    });
  });
  // blocks[n]: P(X1 ... Xn) of all blocks of n symbols, by summing out the last symbol of blocks[n + 1].
  const blocks: Float64Array[] = [stationary.probabilities];
  for (let length = order - 1; length >= 0; length--) {
    const shorter = new Float64Array(size ** length);
    blocks[0].forEach((probability, block) => shorter[Math.floor(block / size)] += probability);
    blocks.unshift(shorter);
  }
  return defineSource<RecentSymbols>({
    name,
    alphabet,
    entropyRateBits: {
      value: rows.reduce(
        (sum, row, context) => sum + stationary.probabilities[context] * entropyBits(row),
        0,
      ),
      error: stationary.error * Math.log2(size) + 1e-14,
    },
    initialState: () => [],
    advance: (state, symbol) => [...state, symbol].slice(order === 0 ? 1 : -order),
    predict(state) {
      const context = state.reduce((packed, symbol) => packed * size + symbol, 0);
      if (state.length === order) return rows[context].slice();
      const whole = blocks[state.length][context];
      const longer = blocks[state.length + 1];
      return longer.slice(context * size, (context + 1) * size).map((part) => part / whole);
    },
  });
}

/** A Markov chain whose rows are drawn from a symmetric Dirichlet distribution. */
export function randomMarkovChain(options: {
  alphabet: readonly string[];
  order: number;
  /** Of the Dirichlet distribution: 1 any row alike, below it rows that lean to few symbols. */
  concentration: number;
  random: Random;
}): SequenceSource<RecentSymbols> {
  const { alphabet, order, concentration, random } = options;
  const transition = () => randomDistribution(alphabet.length, { concentration, random });
  return markovChain({ alphabet, order, transition });
}

function unpack(context: number, options: { size: number; order: number }): number[] {
  const symbols: number[] = [];
  for (let place = 0, rest = context; place < options.order; place++) {
    symbols.unshift(rest % options.size);
    rest = Math.floor(rest / options.size);
  }
  return symbols;
}
