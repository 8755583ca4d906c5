import { mean } from "simple-statistics";
import { sample, type SampleOptions } from "lib/decoding/sample.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import type { Tokenizer } from "lib/text/tokenizers/tokenizer.ts";

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

/** Where a word stands among characters: from `start` up to, but without, `end`. */
export interface WordSpan {
  readonly start: number;
  readonly end: number;
  readonly word: string;
}

const letter = /^\p{L}/u;

/** The words of a text given by character, as in `wordsOf`: runs of letters, with apostrophes inside. */
export function wordSpans(characters: readonly string[]): WordSpan[] {
  const isLetter = (at: number) => at < characters.length && letter.test(characters[at]);
  const joins = (at: number) => /^['’]$/u.test(characters[at]) && isLetter(at + 1);
  const spans: WordSpan[] = [];
  for (let start = 0; start < characters.length; start++) {
    if (!isLetter(start)) continue;
    let end = start + 1;
    while (end < characters.length && (isLetter(end) || joins(end))) end++;
    spans.push({ start, end, word: characters.slice(start, end).join("") });
    start = end;
  }
  return spans;
}

/** How to have a model write, and what to judge it by. */
export interface GeneratedTextOptions extends Omit<SampleOptions, "promptIds"> {
  readonly tokenizer: Tokenizer;
  readonly prompt: string;
  /** Words that count as spelt right: those of the training text. */
  readonly known: ReadonlySet<string>;
  /** Another model, over the same vocabulary, that says how likely the text is. */
  readonly judge?: LanguageModel;
}

/** A text that a model wrote, and what it is worth. */
export interface GeneratedText {
  readonly text: string;
  /** Share of its words that are not among the known ones. */
  readonly nonWordShare: number;
  /** Distinct pairs of neighbouring words among all pairs. */
  readonly distinctShare: number;
  /** Nats per token under the model itself at temperature 1. */
  readonly lossNats: number;
  /** Nats per token under the judge; NaN without one. */
  readonly judgeLossNats: number;
}

/** Has a model write a text and measures spelling, variety and likelihood. */
export async function generatedText(
  model: LanguageModel,
  { tokenizer, prompt, known, judge, ...options }: GeneratedTextOptions,
): Promise<GeneratedText> {
  const promptIds = tokenizer.encode(prompt);
  const { ids, lossNats } = await sample(model, { ...options, promptIds });
  const text = tokenizer.decode(ids);
  const judged = judge ? await judge.tokenLosses(Int32Array.from([...promptIds, ...ids])) : [];
  const own = judged.slice(promptIds.length - 1);
  return {
    text,
    nonWordShare: nonWords(text, known).share,
    distinctShare: distinctShare(text, 2),
    lossNats: lossNats / ids.length,
    judgeLossNats: judge ? mean(Array.from(own)) : NaN,
  };
}
