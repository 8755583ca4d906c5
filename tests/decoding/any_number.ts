import { assert } from "@std/assert";
import * as fc from "fast-check";

/** Any number at all, those that make no sense as a setting more often than not; whole ones are small. */
export const anyNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(NaN, Infinity, -Infinity, -0, -1, 0.5, 1.5, 5e-324, 1e308),
  fc.integer({ min: -2, max: 6 }),
  fc.double().filter((value) => !Number.isInteger(value)),
);

/** Mostly the number that makes sense: each setting is then often the only bad one. */
export function often(good: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant(good) },
    { weight: 1, arbitrary: anyNumber },
  );
}

/** A prompt, some of them empty, most of ids below 4. */
export const anyPrompt = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 3 }) },
    { weight: 1, arbitrary: anyNumber },
  ),
  { maxLength: 4 },
);

/** What comes of a call, or nothing if it was refused: in a sentence, and not by an error from inside. */
export async function resultUnlessRefused<T>(
  call: () => Promise<T>,
  sentence = /^Cannot .+\.$/s,
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    assert(error instanceof Error && !(error instanceof TypeError), String(error));
    assert(sentence.test(error.message), error.message);
    return undefined;
  }
}
