/** Fewest characters that leave something to learn from and something to test on. */
export const fewestCharacters = 500;

/** Sizes of a model and of its training that suit a text, and what such a text can teach. */
export interface TextSizes {
  readonly hiddenSize: number;
  readonly unrollLength: number;
  readonly batchSize: number;
  /** Passes over the training part. */
  readonly epochs: number;
  /** What to expect and why, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Sizes for a character-level model of a text, by its length and its number of different characters.
 *
 * The rules, all powers of two: a window is at most 1/16 of the training part, up to 64 characters;
 * parallel streams, up to 32, each hold at least four windows; the hidden state grows from 32 to 128
 * with the text; short texts are passed over more often, to about 600 updates, and at most 60 times.
 *
 * @throws {RangeError} if the text has fewer than 500 characters or fewer than 2 different ones.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { sizesForText } from "lib/lecture/text_sizes.ts";
 * const { hiddenSize, unrollLength, batchSize } = sizesForText({ characters: 120_000, vocabularySize: 80 });
 * assertEquals([hiddenSize, unrollLength, batchSize], [128, 64, 32]);
 * ```
 */
export function sizesForText(
  { characters, vocabularySize }: { characters: number; vocabularySize: number },
): TextSizes {
  if (!(characters >= fewestCharacters)) {
    throw new RangeError(
      `Cannot learn from this text: it has ${characters} characters, at least ${fewestCharacters} ` +
        "are needed. Paste a page or more; 20,000 characters make a good start.",
    );
  }
  if (vocabularySize < 2) {
    throw new RangeError(
      "Cannot learn from this text: it repeats one character, so there is nothing to predict.",
    );
  }
  const training = Math.floor(characters * 0.9);
  const unrollLength = Math.min(64, powerOfTwoBelow(training / 16));
  const batchSize = Math.min(32, powerOfTwoBelow(training / (4 * unrollLength)));
  const hiddenSize = characters < 5_000 ? 32 : characters < 50_000 ? 64 : 128;
  const stepsPerEpoch = Math.floor(training / (unrollLength * batchSize));
  const epochs = Math.min(60, Math.max(1, Math.ceil(600 / stepsPerEpoch)));
  return {
    hiddenSize,
    unrollLength,
    batchSize,
    epochs,
    notes: [
      `${count(characters)} characters of ${
        count(vocabularySize)
      } kinds: a state of ${hiddenSize} ` +
      `numbers, windows of ${unrollLength}, ${batchSize} at a time, ${epochs} ` +
      `${epochs === 1 ? "pass" : "passes"}.`,
      ...limits({ characters, vocabularySize }),
    ],
  };
}

function limits(
  { characters, vocabularySize }: { characters: number; vocabularySize: number },
): string[] {
  const notes: string[] = [];
  if (characters < 20_000) {
    notes.push(
      "Below 20,000 characters a network learns passages by heart: expect the validation loss to " +
        "turn upwards while the training loss still falls.",
    );
  } else if (characters < 100_000) {
    notes.push(
      "From 20,000 characters on it picks up words and endings; sentences take far more text.",
    );
  } else {
    notes.push(
      "This is text enough for spelling, common words and punctuation; not for meaning.",
    );
  }
  if (characters > 5_000_000) {
    notes.push("One pass over so long a text takes minutes to hours: set a time budget.");
  }
  if (vocabularySize > 300) {
    notes.push(
      `With ${count(vocabularySize)} kinds of characters many are seen only a few times and stay ` +
        "unlearned; the byte tokenizer has 256 tokens whatever the script.",
    );
  }
  return notes;
}

function powerOfTwoBelow(value: number): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(value)));
}

function count(value: number): string {
  return value.toLocaleString("en");
}
