import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { blockEntropies } from "lib/sources/block_entropies.ts";
import { markovChain } from "lib/sources/markov_chain.ts";

const binary = (p: number) => -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);

Deno.test("blockEntropies() of a fair coin are n bits", () => {
  const coin = markovChain({ alphabet: ["h", "t"], order: 0, transition: () => [0.5, 0.5] });
  blockEntropies(coin, 3).blockBits.forEach((bits, length) =>
    assertAlmostEquals(bits, length, 1e-12)
  );
});

Deno.test("blockEntropies() of an order-1 chain reach the entropy rate at context 1", () => {
  // 0 -> 1 with 0.3, 1 -> 0 with 0.6: stationary 2/3, 1/3.
  const chain = markovChain({
    alphabet: ["0", "1"],
    order: 1,
    transition: ([last]) => last === 0 ? [0.7, 0.3] : [0.6, 0.4],
  });
  const { conditionalBits } = blockEntropies(chain, 4);
  assertEquals(conditionalBits.length, 5);
  assertAlmostEquals(conditionalBits[0], binary(1 / 3), 1e-12);
  const rate = 2 / 3 * binary(0.3) + 1 / 3 * binary(0.6);
  for (const bits of conditionalBits.slice(1)) assertAlmostEquals(bits, rate, 1e-12);
  assertAlmostEquals(chain.entropyRateBits.value, rate, 1e-12);
});

Deno.test("blockEntropies() refuses a negative order", () => {
  const coin = markovChain({ alphabet: ["h", "t"], order: 0, transition: () => [0.5, 0.5] });
  assertThrows(() => blockEntropies(coin, -1), RangeError, "got -1");
});
