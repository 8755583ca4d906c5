import { assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";

const draws = (seed: number, name: string, count: number) => {
  const random = randomStream(seed, name);
  return Array.from({ length: count }, () => random());
};

Deno.test("randomStream() repeats itself for the same seed and name", () => {
  assertEquals(draws(7, "weights", 100), draws(7, "weights", 100));
});

Deno.test("randomStream() pins its first values, so that stored results stay reproducible", () => {
  assertEquals(draws(1, "initial weights", 3), [
    0.2076255851296277,
    0.5036221612456993,
    0.21465738630042408,
  ]);
});

Deno.test("randomStream() gives other values for another seed or another name", () => {
  assertNotEquals(draws(7, "weights", 4), draws(8, "weights", 4));
  assertNotEquals(draws(7, "weights", 4), draws(7, "weight", 4));
  assertNotEquals(draws(1, "2", 4), draws(12, "", 4));
});

Deno.test("randomStream() is uniform: mean, variance and ten equal bins of 100,000 draws", () => {
  const values = draws(3, "uniform", 100_000);
  const mean = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
  assertAlmostEquals(mean, 0.5, 0.005);
  assertAlmostEquals(variance, 1 / 12, 0.001);
  const bins = new Array(10).fill(0);
  for (const value of values) bins[Math.floor(value * 10)]++;
  const chiSquare = bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  assertEquals(chiSquare < 27.9, true, `chi-square of 9 degrees of freedom: ${chiSquare}`);
});

Deno.test("randomStream() gives uncorrelated first draws over consecutive seeds", () => {
  const first = Array.from({ length: 2000 }, (_, seed) => draws(seed, "a", 1)[0] - 0.5);
  const lagged = first.slice(1).reduce((sum, value, i) => sum + value * first[i], 0) / 1999;
  assertAlmostEquals(lagged / (1 / 12), 0, 0.08);
});

Deno.test("randomStream() refuses a seed that is not an integer", () => {
  assertThrows(() => randomStream(1.5, "weights"), RangeError, "1.5");
});
