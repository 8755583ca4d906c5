import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";
import type { Tokenizer } from "lib/text/tokenizers/tokenizer.ts";

const LATIN = "abcdefghijklmnopqrstuvwxyz";

/** Most letters of an alphabet that is read off a text: with the space and "<unk>", 128 tokens. */
const MOST_LETTERS = 126;

/** A tokenizer of a text's letters. */
export interface LettersTokenizer extends Tokenizer {
  /** The letters, in the order of their code points. */
  readonly letters: readonly string[];
  /**
   * What the letters are: those of the English alphabet, the text's own where these are others, or, for
   * a text with few letters (digits, say), all of its characters but white space.
   */
  readonly alphabet: "a to z" | "own letters" | "own characters";
  /** The text as it is encoded: every run of anything but the letters is one space, in lower case. */
  normalise(text: string): string;
}

/**
 * The text with every run of anything but A to Z replaced by one space, in lower case.
 *
 * The preprocessing of *Dive into Deep Learning*, section 9.2 (`re.sub('[^A-Za-z]+', ' ', text).lower()`).
 */
export function normaliseLetters(text: string): string {
  return text.replace(/[^A-Za-z]+/g, " ").toLowerCase();
}

/**
 * The letters of a text, the space, and "<unk>", which no text gives; without a text the 28 tokens of
 * *Dive into Deep Learning*, section 9.2: "<unk>", the space, a to z.
 *
 * A text of whose letters 99 % or more are A to Z gets the book's 28 tokens. Another has letters of its
 * own (Unicode's letters and combining marks, in lower case), the 126 most frequent ones where a script
 * has more; the others are read as spaces, as digits and punctuation are. Where fewer than half of the
 * characters that are not white space are letters, all of these count as letters.
 *
 * `encode` normalises first (`normalise`), so no text gives "<unk>": the token is there because the
 * book's vocabulary has it, and 28 is the output dimension of all its models. The book sorts its tokens,
 * which puts the space first; here "<unk>" is 0 and the space 1. `decode(encode(text))` is the
 * normalised text.
 *
 * @param text the text whose letters they are
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";
 * const book = lettersTokenizer();
 * assertEquals(book.vocabulary.size, 28);
 * assertEquals(book.decode(book.encode("Oh, 2 Bees!")), "oh bees ");
 * const russian = lettersTokenizer("Да, нет!");
 * assertEquals(russian.vocabulary.tokens, ["<unk>", " ", "а", "д", "е", "н", "т"]);
 * ```
 */
export function lettersTokenizer(text = LATIN): LettersTokenizer {
  const { alphabet, letters } = lettersOf(text);
  const characters = characterTokenizer([" ", ...letters].join(""), { unknownToken: "<unk>" });
  const normalise = alphabet === "a to z" ? normaliseLetters : normaliserOf(letters);
  return {
    name: alphabet === "own characters" ? "frequent characters" : "letters only",
    vocabulary: characters.vocabulary,
    encode: (text) => characters.encode(normalise(text)),
    decode: characters.decode,
    letters,
    alphabet,
    normalise,
  };
}

function lettersOf(text: string): Pick<LettersTokenizer, "alphabet" | "letters"> {
  const counts = countCharacters(text.toLowerCase());
  const total = (isCounted: (character: string) => boolean) =>
    [...counts].reduce((sum, [character, count]) => isCounted(character) ? sum + count : sum, 0);
  const letterCount = total(isLetter);
  if (letterCount * 2 < total(() => true) || letterCount === 0) {
    return { alphabet: "own characters", letters: mostFrequent(counts) };
  }
  if (total((character) => LATIN.includes(character)) >= 0.99 * letterCount) {
    return { alphabet: "a to z", letters: [...LATIN] };
  }
  const own = [...counts].filter(([character]) => isLetter(character));
  return { alphabet: "own letters", letters: mostFrequent(own) };
}

/** How often each character comes that is not white space, by code point. */
function countCharacters(text: string): Map<string, number> {
  const counts = new Uint32Array(0x110000);
  for (let at = 0; at < text.length; at++) {
    const codePoint = text.codePointAt(at)!;
    if (codePoint > 0xffff) at++;
    counts[codePoint]++;
  }
  const found = new Map<string, number>();
  counts.forEach((count, codePoint) => {
    // Half of a surrogate pair is no character, and no regular expression would find it again.
    if (count === 0 || (codePoint >= 0xd800 && codePoint < 0xe000)) return;
    const character = String.fromCodePoint(codePoint);
    if (/\S/u.test(character)) found.set(character, count);
  });
  return found;
}

function isLetter(character: string): boolean {
  return /[\p{L}\p{M}]/u.test(character);
}

function mostFrequent(counts: Iterable<[string, number]>): string[] {
  const byCode = (one: string, other: string) => one.codePointAt(0)! - other.codePointAt(0)!;
  return [...counts]
    .sort(([one, oneCount], [other, otherCount]) => otherCount - oneCount || byCode(one, other))
    .slice(0, MOST_LETTERS)
    .map(([character]) => character)
    .sort(byCode);
}

function normaliserOf(letters: readonly string[]): (text: string) => string {
  const codes = letters.map((letter) => `\\u{${letter.codePointAt(0)!.toString(16)}}`);
  const others = new RegExp(`[^${codes.join("")}]+`, "gu");
  return (text) => text.toLowerCase().replace(others, " ");
}
