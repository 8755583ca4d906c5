import { entropyBits, type SequenceSource } from "lib/sources/sequence_source.ts";

/** Entropies of a source's blocks, by enumeration of all of them. */
export interface BlockEntropies {
  /** `blockBits[n]` = H(X1 ... Xn) in bits, from n = 0. */
  blockBits: number[];
  /** `conditionalBits[k]` = H(Xk+1 | X1 ... Xk): the least loss of a predictor that sees k symbols. */
  conditionalBits: number[];
}

/**
 * Exact block and conditional entropies of a source from its start, for contexts of 0 to `maxOrder`.
 *
 * For a stationary source `conditionalBits` falls to the entropy rate: it is the floor under every
 * n-gram model of that order. Visits every possible block, alphabet^maxOrder at most.
 *
 * @throws {RangeError} if maxOrder is not a whole number from 0.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { blockEntropies } from "lib/sources/block_entropies.ts";
 * import { evenProcess } from "lib/sources/even_process.ts";
 * assertAlmostEquals(blockEntropies(evenProcess(), 2).conditionalBits[2], 0.7925, 5e-5);
 * ```
 */
export function blockEntropies<State>(
  source: SequenceSource<State>,
  maxOrder: number,
): BlockEntropies {
  if (!Number.isInteger(maxOrder) || maxOrder < 0) {
    throw new RangeError(
      `Cannot give block entropies: the order must be a whole number, got ${maxOrder}.`,
    );
  }
  const conditionalBits = new Array<number>(maxOrder + 1).fill(0);
  const visit = (state: State, probability: number, length: number) => {
    const next = source.predict(state);
    conditionalBits[length] += probability * entropyBits(next);
    if (length === maxOrder) return;
    next.forEach((share, symbol) => {
      if (share > 0) visit(source.advance(state, symbol), probability * share, length + 1);
    });
  };
  visit(source.initialState(), 1, 0);
  const blockBits = [0];
  for (const bits of conditionalBits) blockBits.push(blockBits.at(-1)! + bits);
  return { blockBits, conditionalBits };
}
