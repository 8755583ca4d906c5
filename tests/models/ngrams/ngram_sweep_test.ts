import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { bestNgram, lossFloors, ngramSweep } from "lib/models/ngrams/ngram_sweep.ts";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { evenProcess } from "lib/sources/even_process.ts";
import { markovChain } from "lib/sources/markov_chain.ts";
import { loadCorpus } from "lib/text/corpus.ts";
import { lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

const { vocabulary, encode } = lettersTokenizer();
const ids = encode((await loadCorpus("embedded")).text);
const trainIds = ids.subarray(0, 10_032);
const testIds = ids.subarray(10_032, 15_032);

Deno.test("ngramSweep() gives each order the loss of its own model", () => {
  const ladder = ngramSweep(trainIds, testIds, { vocabulary, maxOrder: 5 });
  assertEquals(ladder.map(({ order }) => order), [1, 2, 3, 4, 5]);
  for (const { order, lossNats, perplexity } of ladder) {
    const losses = ngramModel(trainIds, { vocabulary, order }).tokenLosses(testIds);
    assertAlmostEquals(lossNats, losses.reduce((sum, loss) => sum + loss, 0) / 4_999, 1e-12);
    assertAlmostEquals(perplexity, Math.exp(lossNats), 1e-9);
  }
});

Deno.test("ngramSweep() of a text that follows measures all of it with the context before it", () => {
  const ladder = ngramSweep(trainIds, testIds, {
    vocabulary,
    maxOrder: 4,
    testFollowsTraining: true,
  });
  const whole = ids.subarray(0, 15_032);
  for (const { order, lossNats } of ladder) {
    const losses = ngramModel(trainIds, { vocabulary, order }).tokenLosses(whole).slice(-5_000);
    assertAlmostEquals(lossNats, losses.reduce((sum, loss) => sum + loss, 0) / 5_000, 1e-12);
  }
});

Deno.test("ngramSweep() on 10,032 letters of English is best at order 3 to 5, under perplexity 8", () => {
  const best = bestNgram(ngramSweep(trainIds, testIds, { vocabulary }));
  assertEquals([3, 4, 5].includes(best.order), true);
  assertEquals(best.perplexity < 8, true);
});

Deno.test("ngramSweep() refuses an order of 9 and a test text of one token", () => {
  assertThrows(
    () => ngramSweep(trainIds, testIds, { vocabulary, maxOrder: 9 }),
    RangeError,
    "got 9",
  );
  assertThrows(
    () => ngramSweep(trainIds, testIds.subarray(0, 1), { vocabulary }),
    RangeError,
    "at least 2 tokens",
  );
});

Deno.test("bestNgram() is the one of least loss", () => {
  const rung = (order: number, lossNats: number) => ({ order, lossNats, perplexity: 0 });
  assertEquals(bestNgram([rung(1, 3), rung(2, 1), rung(3, 2)]).order, 2);
});

Deno.test("lossFloors() descends from ln V to the entropy rate of the even process", () => {
  const source = evenProcess();
  const vocabulary = createVocabulary(source.alphabet);
  const ids = source.sample(30_000, randomStream(1, "even"));
  const [training, test] = [ids.subarray(0, 20_000), ids.subarray(20_000)];
  const floors = lossFloors(training, test, {
    vocabulary,
    maxOrder: 6,
    entropyRateBits: source.entropyRateBits.value,
  });
  assertEquals(floors.map(({ name }) => name), [
    "ln V, V = 2",
    "unigram",
    "best n-gram, order 6",
    "entropy rate",
  ]);
  const ladder = ngramSweep(training, test, { vocabulary, maxOrder: 6 });
  const expected = [Math.LN2, ladder[0].lossNats, ladder[5].lossNats, 2 / 3 * Math.LN2];
  floors.forEach(({ lossNats }, place) => assertAlmostEquals(lossNats, expected[place], 1e-12));
  // A 6-gram sees 5 symbols: 0.7185 bits is the least it can reach.
  assertAlmostEquals(floors[2].lossNats / Math.LN2, 0.7185, 0.015);
});

Deno.test("lossFloors() names the unigram once where it is the best n-gram", () => {
  const coin = markovChain({ alphabet: ["h", "t"], order: 0, transition: () => [0.2, 0.8] });
  const ids = coin.sample(2_000, randomStream(1, "coin"));
  const vocabulary = createVocabulary(coin.alphabet);
  const floors = lossFloors(ids.subarray(0, 1_000), ids.subarray(1_000), {
    vocabulary,
    maxOrder: 1,
  });
  assertEquals(floors.map(({ name }) => name), ["ln V, V = 2", "unigram"]);
});
