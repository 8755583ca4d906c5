import { maskScores, type ScoreFilter } from "lib/decoding/score_filter.ts";
import { rankedIds } from "lib/decoding/top_k.ts";

/**
 * Keeps the smallest set of likeliest tokens whose probabilities reach p (Holtzman et al. 2020,
 * section 3.1): few where the model is sure, many where it is not.
 *
 * p = 1 keeps every token of positive probability; any p keeps at least the likeliest.
 *
 * @throws {RangeError} unless 0 < p <= 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { nucleus } from "lib/decoding/nucleus.ts";
 * const scores = Float64Array.of(0.1, 0.6, 0.3).map(Math.log);
 * assertEquals([...nucleus(0.5)(scores)].map(Number.isFinite), [false, true, false]);
 * assertEquals([...nucleus(0.8)(scores)].map(Number.isFinite), [false, true, true]);
 * ```
 */
export function nucleus(p: number): ScoreFilter {
  if (!(p > 0 && p <= 1)) {
    throw new RangeError(`Cannot keep a nucleus: p must be above 0 and at most 1, got ${p}.`);
  }
  return (scores) => {
    const kept = new Set<number>();
    let mass = 0;
    for (const id of rankedIds(scores)) {
      if (p < 1 && mass >= p) break;
      kept.add(id);
      mass += Math.exp(scores[id]);
    }
    return maskScores(scores, (_, id) => kept.has(id));
  };
}
