/** Fractions of a text, in the order in which the parts lie in it; they sum to 1. */
export interface SplitFractions {
  training: number;
  validation?: number;
  test?: number;
}

/** The parts of a text: views of the ids they were cut from, not copies. */
export interface SplitIds {
  training: Int32Array;
  validation: Int32Array;
  test: Int32Array;
}

/**
 * Cuts ids into three contiguous parts: training first, then validation, then test.
 *
 * Contiguous, since windows drawn at random would put the neighbours of every validation character
 * into the training text. Boundaries are rounded to the nearest id.
 *
 * @throws {RangeError} if a fraction is not in [0, 1], they do not sum to 1, or a part that was asked
 * for comes out empty.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { splitContiguous } from "lib/text/split.ts";
 * const parts = splitContiguous(Int32Array.of(1, 2, 3, 4), { training: 0.5, validation: 0.25, test: 0.25 });
 * assertEquals([...parts.validation], [3]);
 * ```
 */
export function splitContiguous(ids: Int32Array, fractions: SplitFractions): SplitIds {
  const { training, validation = 0, test = 0 } = fractions;
  const sum = training + validation + test;
  const inRange = [training, validation, test].every((value) => value >= 0 && value <= 1);
  if (!inRange || !(Math.abs(sum - 1) < 1e-9)) {
    throw new RangeError(
      `Cannot split: the fractions ${training}, ${validation}, ${test} sum to ${sum}, not to 1.`,
    );
  }
  const trainingEnd = Math.round(ids.length * training);
  const validationEnd = test === 0 ? ids.length : Math.round(ids.length * (training + validation));
  const parts = {
    training: ids.subarray(0, trainingEnd),
    validation: ids.subarray(trainingEnd, validationEnd),
    test: ids.subarray(validationEnd),
  };
  for (const part of ["training", "validation", "test"] as const) {
    if ((fractions[part] ?? 0) > 0 && parts[part].length === 0) {
      throw new RangeError(
        `Cannot split: ${ids.length} ids leave none for ${part} (fraction ${fractions[part]}).`,
      );
    }
  }
  return parts;
}
