import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { bestNgram, ngramSweep } from "lib/models/ngrams/ngram_sweep.ts";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { loadCorpus } from "lib/text/corpus.ts";
import { lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";

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
