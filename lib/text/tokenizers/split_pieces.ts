// A contraction's end; else letters, digits or other signs, each run with the space before it; else
// white space, whose last character is left for the run after it.
const piece = /'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

/**
 * A text cut into words, numbers, signs and white space; joined, the pieces are the text again.
 *
 * The cut of GPT-2 (Radford et al. 2019): a word takes the space before it along. Byte pairs are
 * merged within pieces only, and a word tokenizer's tokens are the pieces themselves.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { splitPieces } from "lib/text/tokenizers/split_pieces.ts";
 * assertEquals(splitPieces("It's 12 o'clock!"), ["It", "'s", " 12", " o", "'", "clock", "!"]);
 * ```
 */
export function splitPieces(text: string): string[] {
  return text.match(piece) ?? [];
}
