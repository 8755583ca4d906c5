import { requireCounts } from "lib/text/windows/window.ts";

/**
 * Pieces of a text of equal length, one every `stride` ids; what is left at the end is left out.
 *
 * With `stride` equal to `length` they lie side by side, with a smaller one they overlap.
 *
 * @throws {RangeError} if a setting is not a whole number of at least 1, or the text is shorter than a piece.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { chunks } from "lib/text/windows/chunks.ts";
 * const pieces = chunks(Int32Array.of(1, 2, 3, 4, 5), { length: 3, stride: 2 });
 * assertEquals(pieces.map((piece) => [...piece]), [[1, 2, 3], [3, 4, 5]]);
 * ```
 */
export function chunks(
  ids: Int32Array,
  { length, stride = length }: { length: number; stride?: number },
): Int32Array[] {
  requireCounts({ length, stride });
  if (ids.length < length) {
    throw new RangeError(`Cannot cut pieces of ${length} from a text of ${ids.length} ids.`);
  }
  const count = Math.floor((ids.length - length) / stride) + 1;
  return Array.from({ length: count }, (_, at) => ids.subarray(at * stride, at * stride + length));
}
