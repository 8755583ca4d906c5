import { characterTokenizer } from "lib/text/character_tokenizer.ts";
import type { Tokenizer } from "lib/text/tokenizer.ts";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz";

/**
 * The text with every run of anything but A to Z replaced by one space, in lower case.
 *
 * The preprocessing of *Dive into Deep Learning*, section 9.2 (`re.sub('[^A-Za-z]+', ' ', text).lower()`).
 */
export function normaliseLetters(text: string): string {
  return text.replace(/[^A-Za-z]+/g, " ").toLowerCase();
}

/**
 * The 28 tokens of *Dive into Deep Learning*, section 9.2: "<unk>", the space, a to z.
 *
 * `encode` normalises first (`normaliseLetters`), so no text gives "<unk>": the token is there
 * because the book's vocabulary has it, and 28 is the output dimension of all its models. The
 * book sorts its tokens, which puts the space first; here "<unk>" is 0 and the space 1.
 * `decode(encode(text))` is the normalised text.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { lettersTokenizer } from "lib/text/letters_tokenizer.ts";
 * const tokenizer = lettersTokenizer();
 * assertEquals(tokenizer.vocabulary.size, 28);
 * assertEquals(tokenizer.decode(tokenizer.encode("Oh, 2 Bees!")), "oh bees ");
 * ```
 */
export function lettersTokenizer(): Tokenizer {
  const characters = characterTokenizer(" " + ALPHABET, { unknownToken: "<unk>" });
  return {
    name: "letters only",
    vocabulary: characters.vocabulary,
    encode: (text) => characters.encode(normaliseLetters(text)),
    decode: characters.decode,
  };
}
