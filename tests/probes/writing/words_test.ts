import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import {
  distinctShare,
  generatedText,
  nonWords,
  wordSet,
  wordsOf,
  wordSpans,
} from "lib/probes/writing/words.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";

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

const text = "ab ab ab ab ab ab ab ab ab ab ab ab ";
const tokenizer = characterTokenizer(text);
const model = ngramModel(tokenizer.encode(text), { vocabulary: tokenizer.vocabulary, order: 3 });
const options = { tokenizer, prompt: "a", length: 30, known: wordSet(text) };

Deno.test("generatedText() of a greedy counter of a circle spells well and repeats itself", async () => {
  const random = randomStream(1, "test");
  const written = await generatedText(model, { ...options, random, temperature: 0, judge: model });
  assertEquals(written.text, "b ab ab ab ab ab ab ab ab ab a");
  assertEquals(written.nonWordShare, 0);
  assertEquals(written.distinctShare, 3 / 10); // "b ab", "ab ab" and "ab a"
  assertAlmostEquals(written.judgeLossNats, written.lossNats, 1e-6);
});

Deno.test("generatedText() gives the judge's loss of the written part alone, NaN without a judge", async () => {
  const judge = ngramModel(tokenizer.encode(text), { vocabulary: tokenizer.vocabulary, order: 1 });
  const greedy = { ...options, random: randomStream(1, "test"), temperature: 0 };
  const { judgeLossNats } = await generatedText(model, { ...greedy, judge });
  const counts = [12, 12, 12].map((count) => (count + 3 / 3) / (36 + 3));
  assertAlmostEquals(judgeLossNats, -Math.log(counts[0]), 1e-9);
  assertEquals((await generatedText(model, greedy)).judgeLossNats, NaN);
});
