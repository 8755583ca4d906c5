import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";

/**
 * Text to ids and back.
 *
 * `decode(encode(text))` is the text again, or, for a tokenizer that normalises or has an unknown
 * token, the text as the tokenizer's own docstring says.
 */
export interface Tokenizer {
  readonly name: string;
  readonly vocabulary: Vocabulary;
  /** Ids of the text's tokens, one each. An empty text gives no ids. */
  encode(text: string): Int32Array;
  /** @throws {RangeError} if an id is not in the vocabulary. */
  decode(ids: ArrayLike<number>): string;
}

/**
 * The tokens of the ids, joined with nothing between: the `decode` of most tokenizers.
 *
 * @throws {RangeError} if an id is not in the vocabulary.
 */
export function joinTokens(ids: ArrayLike<number>, vocabulary: Vocabulary): string {
  const tokens: string[] = new Array(ids.length);
  for (let place = 0; place < ids.length; place++) {
    const token = vocabulary.tokens[ids[place]];
    if (token === undefined) {
      throw new RangeError(
        `Cannot decode: id ${ids[place]} at place ${place} is outside the vocabulary's ` +
          `0 to ${vocabulary.size - 1}.`,
      );
    }
    tokens[place] = token;
  }
  return tokens.join("");
}
