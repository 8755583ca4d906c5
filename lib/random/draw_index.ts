import type { Random } from "lib/random/random_stream.ts";

/**
 * An index drawn with the given probabilities, by inverting their cumulative sum.
 *
 * The weights need not sum to 1; an index of weight 0 is never drawn.
 *
 * @throws {RangeError} if a weight is negative or not finite, or all are 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { drawIndex } from "lib/random/draw_index.ts";
 * assertEquals(drawIndex([0.25, 0, 0.75], () => 0.25), 2);
 * ```
 */
export function drawIndex(probabilities: ArrayLike<number>, random: Random): number {
  let total = 0;
  for (let index = 0; index < probabilities.length; index++) {
    const weight = probabilities[index];
    if (!(weight >= 0 && weight < Infinity)) {
      throw new RangeError(`Cannot draw an index: weight ${index} is ${weight}.`);
    }
    total += weight;
  }
  if (total === 0) throw new RangeError("Cannot draw an index: every weight is 0.");
  let remaining = random() * total;
  let lastPossible = -1;
  for (let index = 0; index < probabilities.length; index++) {
    if (probabilities[index] === 0) continue;
    lastPossible = index;
    remaining -= probabilities[index];
    if (remaining < 0) return index;
  }
  return lastPossible; // rounding can leave a remainder of one unit in the last place
}
