import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { byteTokenizer } from "lib/text/tokenizers/byte_tokenizer.ts";
import { unicodeTexts } from "../unicode_texts.ts";

Deno.test("byteTokenizer() brings any Unicode text back unchanged, a byte order mark too", () => {
  const tokenizer = byteTokenizer();
  fc.assert(
    fc.property(unicodeTexts, (text) => {
      const ids = tokenizer.encode(text);
      assertEquals(tokenizer.decode(ids), text);
      assertEquals([...ids], [...new TextEncoder().encode(text)]);
    }),
    { seed: 1, numRuns: 200 },
  );
  assertEquals(tokenizer.decode(tokenizer.encode("\ufeffa")), "\ufeffa");
});

Deno.test("byteTokenizer() has 256 outputs and takes 1 to 4 tokens for a character", () => {
  const tokenizer = byteTokenizer();
  assertEquals(tokenizer.vocabulary.size, 256);
  assertEquals(["a", "é", "漢", "🙂", ""].map((text) => tokenizer.encode(text).length), [
    1,
    2,
    3,
    4,
    0,
  ]);
});

Deno.test("byteTokenizer() writes U+FFFD for a lone surrogate and for half a character", () => {
  const tokenizer = byteTokenizer();
  assertEquals(tokenizer.decode(tokenizer.encode("a\ud83d")), "a\ufffd");
  assertEquals(tokenizer.decode([0xc3]), "\ufffd");
  assertThrows(() => tokenizer.decode([97, 256]), RangeError, "id 256 at place 1");
});
