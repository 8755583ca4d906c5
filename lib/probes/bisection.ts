/** Where a search starts and how often the interval is halved. */
export interface BisectionOptions {
  /** An end at which the condition holds. */
  readonly from: number;
  /** An end at which it does not. */
  readonly to: number;
  readonly rounds: number;
}

/**
 * The place where a condition ceases to hold, by bisection: the middle of the interval that is left.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { bisect } from "lib/probes/bisection.ts";
 * assertAlmostEquals(bisect((x) => x * x < 2, { from: 0, to: 2, rounds: 50 }), Math.SQRT2, 1e-12);
 * ```
 */
export function bisect(
  holds: (value: number) => boolean,
  { from, to, rounds }: BisectionOptions,
): number {
  let [inside, outside] = [from, to];
  for (let round = 0; round < rounds; round++) {
    const middle = (inside + outside) / 2;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return (inside + outside) / 2;
}
