import { assertEquals } from "@std/assert";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";
import { openingWords } from "tools/playground/opening_words.ts";

Deno.test("openingWords() ends with a sentence, or with a word, or is cut where neither ends", () => {
  const opening = (text: string) => {
    const tokenizer = characterTokenizer(text);
    return tokenizer.decode(openingWords(tokenizer.encode(text), { tokenizer, length: 10 }));
  };
  assertEquals(opening("The cat sat down"), "The cat ");
  assertEquals(opening("No. No cat sat"), "No. ");
  assertEquals(opening("Line\nanother"), "Line\n");
  assertEquals(opening("abcdefghijklmn"), "abcdefghij");
});
