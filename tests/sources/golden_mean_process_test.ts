import { assertAlmostEquals, assertEquals } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { blockEntropies } from "lib/sources/block_entropies.ts";
import { goldenMeanProcess } from "lib/sources/golden_mean_process.ts";

Deno.test("goldenMeanProcess() has entropy rate 2/3 bit, reached with one symbol of context", () => {
  assertAlmostEquals(goldenMeanProcess().entropyRateBits.value, 2 / 3, 1e-12);
  const { conditionalBits } = blockEntropies(goldenMeanProcess(), 5);
  assertAlmostEquals(conditionalBits[0], 0.9183, 5e-5);
  for (const bits of conditionalBits.slice(1)) assertAlmostEquals(bits, 2 / 3, 1e-12);
});

Deno.test("goldenMeanProcess() predicts the closed form", () => {
  const source = goldenMeanProcess({ zeroProbability: 0.3 });
  assertAlmostEquals(source.conditional([])[0], 0.3 / 1.3, 1e-12);
  assertAlmostEquals(source.conditional([0, 1])[0], 0.3, 1e-12);
  assertEquals([...source.conditional([1, 1, 0])], [0, 1]);
});

Deno.test("goldenMeanProcess() never writes two zeros in a row", () => {
  const text = goldenMeanProcess().sample(5_000, randomStream(1, "golden")).join("");
  assertEquals(text.indexOf("00"), -1);
  assertAlmostEquals((text.match(/0/g) ?? []).length / 5_000, 1 / 3, 0.02);
});
