import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { tableSampler } from "lib/random/table_sampler.ts";

Deno.test("tableSampler() draws each place by its weight", () => {
  const weights = [5, 0, 1, 0.5, 3.5];
  const sampler = tableSampler(weights);
  const random = randomStream(1, "table");
  const counts = new Array(5).fill(0);
  for (let draw = 0; draw < 100_000; draw++) counts[sampler.draw(random)]++;
  // Chi-square with 3 degrees of freedom: above 16.3 once in a thousand seeds.
  const chi = [0, 2, 3, 4].reduce((sum, place) => {
    const expected = weights[place] * 10_000;
    return sum + (counts[place] - expected) ** 2 / expected;
  }, 0);
  assert(chi < 16.3);
  assertEquals(counts[1], 0);
});

Deno.test("tableSampler() gives every part of [0, 1) to a place, and each place its share", () => {
  const sampler = tableSampler([1, 2, 3, 4]);
  const steps = 40_000;
  const shares = [0, 0, 0, 0];
  for (let step = 0; step < steps; step++) shares[sampler.draw(() => (step + 0.5) / steps)]++;
  shares.forEach((count, place) => assertAlmostEquals(count / steps, (place + 1) / 10, 1e-4));
  assertEquals(sampler.probability(3), 0.4);
});

Deno.test("tableSampler() refuses weights to which no draw belongs", () => {
  assertThrows(() => tableSampler([0, 0]), RangeError, "sum to 0");
  assertThrows(() => tableSampler([2, -1]), RangeError, "sum to 1");
  assertThrows(() => tableSampler([]), RangeError, "0 weights");
});
