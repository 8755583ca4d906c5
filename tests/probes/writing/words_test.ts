import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { distinctShare, nonWords, wordSet, wordsOf } from "lib/probes/writing/words.ts";

Deno.test("wordsOf() gives runs of letters in lower case, apostrophes inside a word included", () => {
  assertEquals(wordsOf("“It's St. Osyth's,” said 2 bees—'tis!"), [
    "it's",
    "st",
    "osyth's",
    "said",
    "bees",
    "tis",
  ]);
  assertEquals(wordsOf("12 + 3"), []);
});

Deno.test("nonWords() counts unknown words, but not the first and the last, which may be cut off", () => {
  const known = wordSet("The bell rang.");
  assertEquals(nonWords("ell the bell reng ra", known), { words: 3, unknown: 1, share: 1 / 3 });
  assertEquals(nonWords("", known).share, NaN);
});

Deno.test("distinctShare() is 1 where nothing repeats and 1 / pairs in a circle of one word", () => {
  assertEquals(distinctShare("a b c d", 2), 1);
  assertEquals(distinctShare("no no no no no", 2), 1 / 4);
  assertAlmostEquals(distinctShare("a b a b a", 2), 2 / 4, 1e-15);
  assertEquals(distinctShare("a b a b a", 1), 2 / 5);
});

Deno.test("distinctShare() refuses an n below 1", () => {
  assertThrows(() => distinctShare("a b", 0), RangeError, "got 0");
});
