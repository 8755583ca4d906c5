import type { Tokenizer } from "lib/text/tokenizer.ts";
import { createVocabulary } from "lib/text/vocabulary.ts";

/** A tokenizer with tokens that no text contains. */
export interface SpecialTokenizer extends Tokenizer {
  /** The id of each special token. */
  readonly specialIds: ReadonlyMap<string, number>;
}

/**
 * A tokenizer with special tokens after its own, such as a mark of a text's beginning, its end, or padding.
 *
 * `encode` never gives a special token, even where the text spells its name: `<end>` in a text is five
 * characters. Programs put special ids between texts; `decode` writes their names.
 *
 * @throws {RangeError} if a name is a token already, or comes twice
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { byteTokenizer } from "lib/text/byte_tokenizer.ts";
 * import { withSpecialTokens } from "lib/text/special_tokens.ts";
 * const tokenizer = withSpecialTokens(byteTokenizer(), ["<end>"]);
 * assertEquals(tokenizer.vocabulary.size, 257);
 * assertEquals(tokenizer.specialIds.get("<end>"), 256);
 * assertEquals(tokenizer.encode("<end>").length, 5);
 * assertEquals(tokenizer.decode([104, 105, 256]), "hi<end>");
 * ```
 */
export function withSpecialTokens(
  tokenizer: Tokenizer,
  specialTokens: readonly string[],
): SpecialTokenizer {
  const { tokens, size, unknownId } = tokenizer.vocabulary;
  const unknownToken = unknownId === undefined ? undefined : tokens[unknownId];
  const vocabulary = createVocabulary([...tokens, ...specialTokens], { unknownToken });
  return {
    name: tokenizer.name,
    vocabulary,
    specialIds: new Map(specialTokens.map((token, index) => [token, size + index])),
    encode: tokenizer.encode,
    decode(ids) {
      // Runs of ordinary ids are decoded together: a character may need several.
      let text = "";
      let run: number[] = [];
      for (let place = 0; place < ids.length; place++) {
        const special = specialTokens[ids[place] - size];
        if (special === undefined) {
          run.push(ids[place]);
          continue;
        }
        text += tokenizer.decode(run) + special;
        run = [];
      }
      return text + tokenizer.decode(run);
    },
  };
}
