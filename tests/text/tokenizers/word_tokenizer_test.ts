import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { wordTokenizer } from "lib/text/tokenizers/word_tokenizer.ts";
import { unicodeTexts } from "../unicode_texts.ts";

Deno.test("wordTokenizer() takes the most frequent pieces, the first to come among equals", () => {
  const tokenizer = wordTokenizer("b a b a c a", { vocabularySize: 4 });
  // " a" comes three times, "b" once before " b", " c".
  assertEquals(tokenizer.vocabulary.tokens, ["<unk>", " a", "b", " b"]);
  assertEquals(tokenizer.vocabulary.unknownId, 0);
});

Deno.test("wordTokenizer() with all pieces brings its own text back, whatever it is", () => {
  fc.assert(
    fc.property(unicodeTexts, (text) => {
      if (text === "") return;
      const tokenizer = wordTokenizer(text);
      const ids = tokenizer.encode(text);
      assertEquals(tokenizer.decode(ids), text);
      assertEquals(new Set(ids).size, tokenizer.vocabulary.size - 1);
    }),
    { seed: 1, numRuns: 200 },
  );
});

Deno.test("wordTokenizer() sends strangers to the unknown token, and encodes an empty text", () => {
  const tokenizer = wordTokenizer("one two", { unknownToken: "<?>" });
  assertEquals([...tokenizer.encode("two two, one")], [0, 2, 0, 0]);
  assertEquals(tokenizer.decode([1, 2, 0]), "one two<?>");
  assertEquals(tokenizer.encode("").length, 0);
});

Deno.test("wordTokenizer() refuses an empty text and a vocabulary without a word", () => {
  assertThrows(() => wordTokenizer(""), RangeError, "empty");
  assertThrows(() => wordTokenizer("a", { vocabularySize: 1 }), RangeError, "vocabularySize is 1");
  assertThrows(() => wordTokenizer("a", { vocabularySize: 2.5 }), RangeError, "2.5");
});
