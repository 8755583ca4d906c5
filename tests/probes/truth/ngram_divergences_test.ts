import { assertAlmostEquals, assertEquals } from "@std/assert";
import { nearestNgram, ngramDivergences } from "lib/probes/truth/ngram_divergences.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { goldenMeanProcess } from "lib/sources/golden_mean_process.ts";

Deno.test("ngramDivergences() falls to almost 0 at the order that sees the chain's memory", async () => {
  const source = goldenMeanProcess();
  const sequences = [source.sample(400, randomStream(2, "test"))];
  const records = await ngramDivergences(
    source.sample(20_000, randomStream(1, "training")),
    source,
    {
      orders: [1, 2, 3],
      sequences,
    },
  );
  assertEquals(records.map(({ order }) => order), [1, 2, 3]);
  // A unigram knows P(0) = 1/3: 0.9183 bits against the rate of 2/3.
  assertAlmostEquals(records[0].klBitsPerSymbol, 0.9183 - 2 / 3, 0.03);
  assertEquals(records[1].klBitsPerSymbol < 0.001, true);
  assertEquals(nearestNgram(records).order, 2);
  assertAlmostEquals(records[0].klBitsPerSequence, 399 * records[0].klBitsPerSymbol, 1e-9);
});
