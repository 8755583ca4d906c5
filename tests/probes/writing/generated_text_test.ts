import { assertAlmostEquals, assertEquals } from "@std/assert";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { wordSet } from "lib/probes/writing/words.ts";
import { generatedText } from "lib/probes/writing/generated_text.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";

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
