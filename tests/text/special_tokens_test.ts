import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { bytePairTokenizer } from "lib/text/byte_pair_tokenizer.ts";
import { byteTokenizer } from "lib/text/byte_tokenizer.ts";
import { characterTokenizer } from "lib/text/character_tokenizer.ts";
import { withSpecialTokens } from "lib/text/special_tokens.ts";
import { trainBytePairs } from "lib/text/train_byte_pairs.ts";
import { wordTokenizer } from "lib/text/word_tokenizer.ts";
import { unicodeTexts } from "./unicode_texts.ts";

Deno.test("withSpecialTokens() leaves every text's ids alone, of every tokenizer", () => {
  fc.assert(
    fc.property(unicodeTexts, (some) => {
      const text = `${some}<end>`;
      for (
        const tokenizer of [
          characterTokenizer(text),
          byteTokenizer(),
          bytePairTokenizer(trainBytePairs(text.repeat(2), { mergeCount: 5 })),
          wordTokenizer(text),
        ]
      ) {
        const { encode, decode, vocabulary } = withSpecialTokens(tokenizer, ["<|end|>", "<|pad|>"]);
        assertEquals(encode(text), tokenizer.encode(text));
        assertEquals(decode(encode(text)), text);
        assertEquals(vocabulary.size, tokenizer.vocabulary.size + 2);
        assertEquals(vocabulary.unknownId, tokenizer.vocabulary.unknownId);
      }
    }),
    { seed: 1, numRuns: 50 },
  );
});

Deno.test("withSpecialTokens() decodes a character's bytes together and refuses ids beyond", () => {
  const { decode, specialIds } = withSpecialTokens(byteTokenizer(), ["<a>", "<b>"]);
  assertEquals([...specialIds], [["<a>", 256], ["<b>", 257]]);
  assertEquals(decode([256, 0xc3, 0xa9, 257, 257]), "<a>é<b><b>");
  assertThrows(() => decode([258]), RangeError);
});

Deno.test("withSpecialTokens() refuses a name that is a token already", () => {
  assertThrows(() => withSpecialTokens(byteTokenizer(), ["a"]), RangeError, "twice");
});
