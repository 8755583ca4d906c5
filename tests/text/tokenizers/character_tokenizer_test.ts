import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import {
  characterTokenizer,
  tokenizerOfCharacters,
} from "lib/text/tokenizers/character_tokenizer.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

// A family (7 code points, 1 grapheme), e with an acute accent as a combining mark, a flag, Hebrew with points.
const FAMILY = "👨‍👩‍👧‍👦";
const HARD = [FAMILY, "e\u0301", "🇫🇷", "שָׁלוֹם", "a\r\nb", "👍🏽", "\u0000", "ﬁ"];

Deno.test("characterTokenizer() sorts its characters by code point, not by UTF-16 unit", () => {
  // U+1F642 comes after U+FB01, though its first surrogate D83D is below FB01.
  assertEquals(characterTokenizer("🙂ﬁba ").vocabulary.tokens, [" ", "a", "b", "ﬁ", "🙂"]);
  assertEquals(
    characterTokenizer("🙂ﬁe\u0301e", { unit: "grapheme" }).vocabulary.tokens,
    ["e", "e\u0301", "ﬁ", "🙂"],
  );
});

Deno.test("characterTokenizer() counts a family emoji as 7 code points or 1 grapheme", () => {
  assertEquals(characterTokenizer(FAMILY).encode(FAMILY).length, 7);
  assertEquals(characterTokenizer(FAMILY, { unit: "grapheme" }).encode(FAMILY).length, 1);
  assertEquals(characterTokenizer("a\r\nb", { unit: "grapheme" }).vocabulary.size, 3);
});

for (const unit of ["codePoint", "grapheme"] as const) {
  Deno.test(`characterTokenizer() brings any text back unchanged, by ${unit}`, () => {
    const pieces = fc.oneof(
      fc.string({ unit: "binary", minLength: 1 }),
      fc.string({ unit: "grapheme", minLength: 1 }),
      fc.constantFrom(...HARD, "\ud83d", "\ude00"), // the last two are lone surrogates
    );
    const texts = fc.array(pieces, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        const tokenizer = characterTokenizer(text, { unit });
        const ids = tokenizer.encode(text);
        assertEquals(tokenizer.decode(ids), text);
        assertEquals(new Set(ids).size, tokenizer.vocabulary.size);
        assertEquals([...ids].map((id) => tokenizer.vocabulary.tokens[id]).join(""), text);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  Deno.test(`characterTokenizer() by ${unit} gives no ids to an empty text`, () => {
    const tokenizer = characterTokenizer("ab", { unit });
    assertEquals(tokenizer.encode("").length, 0);
    assertEquals(tokenizer.decode([]), "");
  });

  Deno.test(`characterTokenizer() by ${unit} names the character it does not know`, () => {
    const tokenizer = characterTokenizer("ab", { unit });
    assertThrows(() => tokenizer.encode("ab🙂"), RangeError, '"🙂" (U+1f642) at place 2');
    assertThrows(() => tokenizer.encode("ab🙂"), RangeError, "give the tokenizer an unknownToken");
  });

  Deno.test(`characterTokenizer() by ${unit} sends strangers to the unknown token`, () => {
    const tokenizer = characterTokenizer("ab", { unit, unknownToken: "<?>" });
    assertEquals(tokenizer.vocabulary.tokens, ["<?>", "a", "b"]);
    assertEquals([...tokenizer.encode("b🙂a")], [2, 0, 1]);
    assertEquals(tokenizer.decode(tokenizer.encode("b🙂a")), "b<?>a");
  });
}

Deno.test("characterTokenizer() takes a character of the text as its unknown token", () => {
  const tokenizer = characterTokenizer("a?b", { unknownToken: "?" });
  assertEquals([...tokenizer.encode("?x")], [0, 0]);
});

Deno.test("characterTokenizer() refuses an empty text", () => {
  assertThrows(() => characterTokenizer(""), RangeError, "it is empty");
});

Deno.test("tokenizerOfCharacters() rebuilds the same tokenizer from its tokens", () => {
  const { vocabulary, encode } = characterTokenizer("the quick 🙂");
  const again = tokenizerOfCharacters(createVocabulary(vocabulary.tokens));
  assertEquals(again.encode("🙂 kit"), encode("🙂 kit"));
});
