import { countContexts } from "lib/models/ngrams/context_tree.ts";
import { ngramTokenLosses } from "lib/models/ngrams/ngram_model.ts";
import { wordsOf, wordSpans } from "lib/probes/writing/words.ts";
import type { Tokenizer } from "lib/text/tokenizers/tokenizer.ts";

/** Something that would have spared a model some of its errors. */
export interface ErrorOracle {
  readonly category: string;
  /** Whether the character at a place of the losses would have been right with the oracle's help. */
  fixes(place: number): boolean;
}

/** The errors that one oracle takes away from what the oracles before it left. */
export interface ErrorCategory {
  readonly category: string;
  /** Characters. */
  readonly errors: number;
  /** Of all errors; 0 if there are none. */
  readonly shareOfErrors: number;
  /** What these characters cost, summed. */
  readonly lossNats: number;
  /** Of the loss of the whole text. */
  readonly shareOfLoss: number;
}

/** Errors by category: an error is in exactly one, so numbers and losses add up to the totals. */
export interface ErrorTaxonomy {
  /** All that were predicted. */
  readonly characters: number;
  /** Those whose probability was not above one half. */
  readonly errors: number;
  /** Loss of all characters, summed: that of the categories and the "no error" among them. */
  readonly lossNats: number;
  /** "no error" first, with its loss and 0 errors; then one per oracle in their order; then "the rest". */
  readonly categories: readonly ErrorCategory[];
}

/** A character costs less than this exactly if its probability was above one half. */
export const RIGHT_BELOW_NATS = Math.LN2;

/**
 * Errors peeled off layer by layer: each goes to the first oracle that fixes it (Karpathy, Johnson,
 * Fei-Fei 2015, arXiv 1506.02078, section 4.4).
 *
 * An error is a character that was given a probability of at most 1/2. The order of the oracles matters: a later one
 * is asked only about what the earlier ones left, so its category says what it adds to them. An oracle's
 * help is taken to be perfect, so a share of the loss is the most that its kind of help could save.
 *
 * @param losses nats of each predicted character, under the model that is looked into
 * @throws {RangeError} if there is no loss, or one is not a number.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { errorTaxonomy } from "lib/probes/writing/error_taxonomy.ts";
 * const [right, wrong] = [0, 2];
 * const second = { category: "at the second place", fixes: (place: number) => place === 1 };
 * const { categories } = errorTaxonomy([right, wrong, wrong, wrong], [second]);
 * assertEquals(categories.map(({ errors }) => errors), [0, 1, 2]);
 * ```
 */
export function errorTaxonomy(
  losses: ArrayLike<number>,
  oracles: readonly ErrorOracle[],
): ErrorTaxonomy {
  requireLosses(losses);
  const names = ["no error", ...oracles.map(({ category }) => category), "the rest"];
  const counts = new Array<number>(names.length).fill(0);
  const sums = new Array<number>(names.length).fill(0);
  for (let place = 0; place < losses.length; place++) {
    const isError = !(losses[place] < RIGHT_BELOW_NATS);
    const found = isError ? oracles.findIndex((oracle) => oracle.fixes(place)) : -1;
    const at = !isError ? 0 : found < 0 ? names.length - 1 : found + 1;
    if (isError) counts[at]++;
    sums[at] += losses[place];
  }
  const errors = counts.reduce((total, count) => total + count, 0);
  const lossNats = sums.reduce((total, sum) => total + sum, 0);
  const categories = names.map((category, index) => ({
    category,
    errors: counts[index],
    shareOfErrors: counts[index] / (errors || 1),
    lossNats: sums[index],
    shareOfLoss: sums[index] / (lossNats || 1),
  }));
  return { characters: losses.length, errors, lossNats, categories };
}

function requireLosses(losses: ArrayLike<number>): void {
  const strange = Array.from(losses).findIndex((loss) => !(loss >= 0));
  if (losses.length === 0 || strange >= 0) {
    throw new RangeError(
      `Cannot sort errors: ${losses.length} losses` +
        (strange < 0 ? "." : `, that at place ${strange} is ${losses[strange]}.`),
    );
  }
}

/** What the oracles know. */
export interface ErrorOracleOptions {
  /** Of characters: a token is one. */
  readonly tokenizer: Tokenizer;
  readonly trainingText: string;
  /** The held text. Its first character is read, all others are predicted. */
  readonly text: string;
  /** The model's nats for each character from the second on. */
  readonly losses: ArrayLike<number>;
  /** The same model's, where it may read further back: without them, no such oracle. */
  readonly longerContextLosses?: ArrayLike<number>;
  /** How far back, in characters, the dynamic memory holds every word; 500 unless told. */
  readonly memoryReach?: number;
  /** A word is rare if the training text has it at most this often; 5 unless told. */
  readonly rareAtMost?: number;
  /** What is added to the probability of the right character in the end; 0.4 unless told. */
  readonly boost?: number;
}

/**
 * The oracles of Karpathy, Johnson, Fei-Fei 2015 (section 4.4), in their order, with one more:
 *
 * 1. "n-gram": the n-gram model of some order from 1 to 9 gives the character more than 1/2
 *    (ours are Witten-Bell, theirs Kneser-Ney);
 * 2. "longer context", ours: so does the model itself where it may read further back;
 * 3. "memory of n characters": not the first character of a word, and the word stood, maybe inside
 *    another, in the `memoryReach` characters before it;
 * 4. "rare word": in a word that the training text has at most `rareAtMost` times, in any case;
 * 5. "start of a word": after a space, a line's end or a quotation mark;
 * 6. "punctuation": any other sign than letters, digits and spaces;
 * 7. "nearly right": more than 1/2 once `boost` is added to its probability.
 *
 * @throws {RangeError} if losses and text do not fit, or a character is not in the vocabulary.
 */
export function errorOracles(options: ErrorOracleOptions): ErrorOracle[] {
  const { tokenizer, text, losses, longerContextLosses, boost = 0.4 } = options;
  const ids = tokenizer.encode(text);
  const characters = Array.from(ids, (id) => tokenizer.vocabulary.tokens[id]);
  for (const given of [losses, longerContextLosses ?? losses]) requireFit(characters, given);
  const countedLosses = ngramTokenLosses(countContexts(tokenizer.encode(options.trainingText), 9), {
    ids,
    vocabulary: tokenizer.vocabulary,
  });
  return [
    rightOracle("n-gram", countedLosses),
    ...(longerContextLosses ? [rightOracle("longer context", [longerContextLosses])] : []),
    memoryOracle(characters, options.memoryReach),
    rareWordOracle(characters, options),
    { category: "start of a word", fixes: (place) => /[\s"'“”‘’]/u.test(characters[place]) },
    {
      category: "punctuation",
      fixes: (place) => /^[^\p{L}\p{M}\p{N}\s]/u.test(characters[place + 1]),
    },
    { category: "nearly right", fixes: (place) => Math.exp(-losses[place]) + boost > 0.5 },
  ];
}

/** Right where at least one of several models gives the character more than 1/2. */
export function rightOracle(
  category: string,
  models: readonly ArrayLike<number>[],
): ErrorOracle {
  return { category, fixes: (place) => models.some((nats) => nats[place] < RIGHT_BELOW_NATS) };
}

/** Remembers every string of the last `reach` characters: a word once seen is right from its second character on. */
export function memoryOracle(characters: readonly string[], reach = 500): ErrorOracle {
  const isFixed = new Uint8Array(characters.length);
  for (const { start, end, word } of wordSpans(characters)) {
    const past = characters.slice(Math.max(0, start - reach), start).join("");
    if (past.includes(word)) isFixed.fill(1, start + 1, end);
  }
  return {
    category: `memory of ${reach} characters`,
    fixes: (place) => isFixed[place + 1] === 1,
  };
}

/**
 * Knows the words that the training text has at most `rareAtMost` times. The first and the last word of
 * the text may be cut off, so they count as known.
 */
export function rareWordOracle(
  characters: readonly string[],
  { trainingText, rareAtMost = 5 }: Pick<ErrorOracleOptions, "trainingText" | "rareAtMost">,
): ErrorOracle {
  const counts = new Map<string, number>();
  for (const word of wordsOf(trainingText)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const isFixed = new Uint8Array(characters.length);
  for (const { start, end, word } of wordSpans(characters)) {
    if (start === 0 || end === characters.length) continue;
    if ((counts.get(word.toLowerCase()) ?? 0) <= rareAtMost) isFixed.fill(1, start, end);
  }
  return { category: "rare word", fixes: (place) => isFixed[place + 1] === 1 };
}

function requireFit(characters: readonly string[], losses: ArrayLike<number>): void {
  if (losses.length === characters.length - 1) return;
  throw new RangeError(
    `Cannot sort errors: ${losses.length} losses for a text of ${characters.length} characters; ` +
      "it takes one for each but the first.",
  );
}
