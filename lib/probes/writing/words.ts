/** The words of a text in lower case: runs of letters, apostrophes inside a word included. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+(?:['’]\p{L}+)*/gu) ?? [];
}

/** The words of a text as a set, such as the vocabulary of words that a training text holds. */
export function wordSet(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text));
}

/** How many of a text's words are known. */
export interface NonWordCount {
  readonly words: number;
  readonly unknown: number;
  /** unknown / words; NaN for a text without words. */
  readonly share: number;
}

/**
 * The share of a text's words that the known words do not contain.
 *
 * Real text has such words too: measure the share of a held-out text of the same source beside it.
 * The first and the last word of the text may be cut off, so neither counts.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { nonWords, wordSet } from "lib/probes/writing/words.ts";
 * const known = wordSet("the bell rang at noon");
 * assertEquals(nonWords("xx the bell rung at noo", known), { words: 4, unknown: 1, share: 0.25 });
 * ```
 */
export function nonWords(text: string, known: ReadonlySet<string>): NonWordCount {
  const inner = wordsOf(text).slice(1, -1);
  const unknown = inner.filter((word) => !known.has(word)).length;
  return { words: inner.length, unknown, share: unknown / inner.length };
}

/**
 * Distinct n-grams of words among all: 1 when nothing repeats, near 0 when a text runs in a circle
 * (distinct-n of Li, Galley, Brockett, Gao, Dolan 2016).
 *
 * It falls with the length of a text: compare texts of equal length only.
 *
 * @throws {RangeError} if n is not a whole number of at least 1.
 */
export function distinctShare(text: string, n: number): number {
  if (!Number.isInteger(n) || n < 1) {
    throw new RangeError(`Cannot count n-grams of words: n must be a whole number >= 1, got ${n}.`);
  }
  const words = wordsOf(text);
  const grams = words.slice(n - 1).map((_, at) => words.slice(at, at + n).join(" "));
  return new Set(grams).size / grams.length;
}
