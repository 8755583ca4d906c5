import { assertEquals } from "@std/assert";
import { wordSpans } from "lib/probes/writing/word_spans.ts";
import { wordsOf } from "lib/probes/writing/words.ts";

Deno.test("wordSpans() gives the place of every word, apostrophes inside included", () => {
  assertEquals(wordSpans([..."a 'don't' x"]), [
    { start: 0, end: 1, word: "a" },
    { start: 3, end: 8, word: "don't" },
    { start: 10, end: 11, word: "x" },
  ]);
  assertEquals(wordSpans([]), []);
});

Deno.test("wordSpans() finds the words of wordsOf()", () => {
  const text = "She’d 3rd “Øre”, rock'n'roll; l' été--x2y 'tis.\nEnd";
  assertEquals(wordSpans([...text]).map(({ word }) => word.toLowerCase()), wordsOf(text));
});
