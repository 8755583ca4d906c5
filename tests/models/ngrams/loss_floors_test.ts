import { assertAlmostEquals, assertEquals } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { lossFloors } from "lib/models/ngrams/loss_floors.ts";
import { ngramSweep } from "lib/models/ngrams/ngram_sweep.ts";
import { evenProcess } from "lib/sources/even_process.ts";
import { markovChain } from "lib/sources/markov_chain.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

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
