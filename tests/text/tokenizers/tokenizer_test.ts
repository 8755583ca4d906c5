import { assertEquals, assertThrows } from "@std/assert";
import { joinTokens } from "lib/text/tokenizers/tokenizer.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

const vocabulary = createVocabulary(["a", "bc", "🙂"]);

Deno.test("joinTokens() joins the tokens with nothing between, none to an empty text", () => {
  assertEquals(joinTokens([2, 1, 0, 1], vocabulary), "🙂bcabc");
  assertEquals(joinTokens(new Int32Array(0), vocabulary), "");
});

Deno.test("joinTokens() says which id is outside the vocabulary, and where", () => {
  for (const id of [3, -1, 0.5, NaN]) {
    assertThrows(() => joinTokens([0, id], vocabulary), RangeError, `id ${id} at place 1`);
  }
});
