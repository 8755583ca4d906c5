import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomDistribution } from "lib/random/dirichlet.ts";
import { randomStream } from "lib/random/random_stream.ts";

Deno.test("randomDistribution() sums to 1 and repeats for the same stream", () => {
  const draw = () => randomDistribution(5, { concentration: 0.3, random: randomStream(1, "rows") });
  assertAlmostEquals(draw().reduce((sum, value) => sum + value, 0), 1, 1e-12);
  assertEquals(draw(), draw());
});

Deno.test("randomDistribution() has the Dirichlet mean 1/n and variance (n-1)/n^2/(an+1)", () => {
  for (const concentration of [0.5, 1, 4]) {
    const random = randomStream(3, `concentration ${concentration}`);
    const first = Array.from(
      { length: 20_000 },
      () => randomDistribution(4, { concentration, random })[0],
    );
    const mean = first.reduce((sum, value) => sum + value, 0) / first.length;
    const variance = first.reduce((sum, value) => sum + (value - mean) ** 2, 0) / first.length;
    assertAlmostEquals(mean, 0.25, 0.008);
    assertAlmostEquals(variance / (3 / 16 / (4 * concentration + 1)), 1, 0.05);
  }
});

Deno.test("randomDistribution() refuses no entry and a concentration of 0", () => {
  const random = () => 0.5;
  assertThrows(() => randomDistribution(0, { concentration: 1, random }), RangeError, "size 0");
  assertThrows(
    () => randomDistribution(2, { concentration: 0, random }),
    RangeError,
    "concentration 0",
  );
});
