import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { blockEntropies } from "lib/sources/block_entropies.ts";
import { evenProcess } from "lib/sources/even_process.ts";

Deno.test("evenProcess() has the published conditional entropies for contexts 0 to 10", () => {
  const published = [
    0.9183,
    0.8742,
    0.7925,
    0.7704,
    0.7296,
    0.7185,
    0.6981,
    0.6926,
    0.6824,
    0.6796,
    0.6745,
  ];
  const { conditionalBits } = blockEntropies(evenProcess(), 10);
  published.forEach((bits, order) => assertAlmostEquals(conditionalBits[order], bits, 5e-5));
});

Deno.test("evenProcess() has entropy rate 2/3 bit, in general H(p) / (2 - p)", () => {
  assertAlmostEquals(evenProcess().entropyRateBits.value, 2 / 3, 1e-12);
  assertEquals(evenProcess().entropyRateBits.error < 1e-12, true);
  const bits = -0.2 * Math.log2(0.2) - 0.8 * Math.log2(0.8);
  assertAlmostEquals(
    evenProcess({ zeroProbability: 0.2 }).entropyRateBits.value,
    bits / 1.8,
    1e-12,
  );
});

Deno.test("evenProcess() predicts the closed form after any run of ones", () => {
  for (const p of [0.5, 0.2]) {
    const source = evenProcess({ zeroProbability: p });
    for (let run = 0; run <= 9; run++) {
      const ones = new Array(run).fill(1);
      const odd = run % 2 === 1;
      assertAlmostEquals(source.conditional([0, ...ones])[0], odd ? 0 : p, 1e-12);
      assertAlmostEquals(source.conditional(ones)[0], odd ? p / 2 : p / (2 - p), 1e-12);
    }
  }
});

Deno.test("evenProcess() samples no odd run of ones between zeros", () => {
  const text = evenProcess().sample(20_000, randomStream(1, "even")).join("");
  const runs = text.split("0").slice(1, -1);
  assertEquals(runs.filter((run) => run.length % 2 === 1).length, 0);
  assertAlmostEquals((text.match(/1/g) ?? []).length / 20_000, 2 / 3, 0.02);
});

Deno.test("evenProcess() refuses a probability of 0", () => {
  assertThrows(() => evenProcess({ zeroProbability: 0 }), RangeError, "zeroProbability");
});
