import { maskScores, type ScoreFilter } from "lib/decoding/score_filter.ts";

/**
 * Keeps the k likeliest tokens (Fan, Lewis, Dauphin 2018); of equal ones the first.
 *
 * k = 1 is greedy, k = V keeps all.
 *
 * @throws {RangeError} unless k is a whole number of at least 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { topK } from "lib/decoding/top_k.ts";
 * const scores = Float64Array.of(0.1, 0.6, 0.3).map(Math.log);
 * assertEquals([...topK(2)(scores)].map(Number.isFinite), [false, true, true]);
 * ```
 */
export function topK(k: number): ScoreFilter {
  if (!Number.isInteger(k) || k < 1) {
    throw new RangeError(`Cannot keep the top k tokens: k must be a whole number >= 1, got ${k}.`);
  }
  return (scores) => {
    const kept = new Set(rankedIds(scores).slice(0, k));
    return maskScores(scores, (_, id) => kept.has(id));
  };
}

/** Ids from the likeliest to the least likely; of equal ones the first comes first. */
export function rankedIds(scores: ArrayLike<number>): number[] {
  return Array.from(scores, (_, id) => id).sort((a, b) => scores[b] - scores[a] || a - b);
}
