import { splitPieces } from "lib/text/tokenizers/split_pieces.ts";
import { joinTokens, type Tokenizer } from "lib/text/tokenizers/tokenizer.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

/** Which words a word tokenizer knows. */
export interface WordTokenizerOptions {
  /** V: the unknown token and the most frequent pieces. All pieces unless told. */
  readonly vocabularySize?: number;
  /** Stands for every piece that is not known. "<unk>" unless told. */
  readonly unknownToken?: string;
}

/**
 * A tokenizer of whole words (`splitPieces`: words with the space before them, numbers, signs, white
 * space), the most frequent of a text, with an unknown token for the rest.
 *
 * The unknown token comes first, then the pieces by falling count, ties in the order of first
 * appearance. `decode(encode(text))` is the text with the unknown token in place of each piece that
 * is not known: this tokenizer loses text, so its loss per token leaves out what it lost.
 *
 * @throws {RangeError} if the vocabulary size is not a whole number of at least 2, or the text empty
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { wordTokenizer } from "lib/text/tokenizers/word_tokenizer.ts";
 * const tokenizer = wordTokenizer("a rose is a rose is a rose", { vocabularySize: 3 });
 * assertEquals(tokenizer.vocabulary.tokens, ["<unk>", " rose", " is"]);
 * assertEquals(tokenizer.decode(tokenizer.encode("one rose")), "<unk> rose");
 * ```
 */
export function wordTokenizer(text: string, options: WordTokenizerOptions = {}): Tokenizer {
  const { vocabularySize = Infinity, unknownToken = "<unk>" } = options;
  if (text === "") throw new RangeError("Cannot read words off the text: it is empty.");
  if (!(vocabularySize >= 2) || (vocabularySize < Infinity && vocabularySize % 1 !== 0)) {
    throw new RangeError(`Cannot choose words: vocabularySize is ${vocabularySize}.`);
  }
  const counts = new Map<string, number>();
  for (const piece of splitPieces(text)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  counts.delete(unknownToken);
  const byCount = [...counts].sort(([, left], [, right]) => right - left).map(([piece]) => piece);
  const tokens = [unknownToken, ...byCount.slice(0, vocabularySize - 1)];
  const vocabulary = createVocabulary(tokens, { unknownToken });
  return {
    name: `words, ${vocabulary.size} tokens`,
    vocabulary,
    encode: (text) =>
      Int32Array.from(
        splitPieces(text),
        (piece) => vocabulary.idOf(piece) ?? vocabulary.unknownId!,
      ),
    decode: (ids) => joinTokens(ids, vocabulary),
  };
}
