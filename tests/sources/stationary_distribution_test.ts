import { assertAlmostEquals } from "@std/assert";
import { stationaryDistribution } from "lib/sources/stationary_distribution.ts";

const chain = (rows: number[][]) =>
  stationaryDistribution(
    rows.length,
    (current, next) =>
      rows.forEach((row, from) =>
        row.forEach((probability, to) => next[to] += current[from] * probability)
      ),
  );

Deno.test("stationaryDistribution() of two states is b / (a + b), a / (a + b)", () => {
  for (const [a, b] of [[0.3, 0.6], [1e-4, 3e-4], [1, 1]]) {
    const { probabilities, error } = chain([[1 - a, a], [b, 1 - b]]);
    assertAlmostEquals(probabilities[0], b / (a + b), error);
    assertAlmostEquals(error, 0, 1e-11);
  }
});

Deno.test("stationaryDistribution() settles on a periodic chain", () => {
  const { probabilities } = chain([[0, 1, 0], [0, 0, 1], [1, 0, 0]]);
  probabilities.forEach((probability) => assertAlmostEquals(probability, 1 / 3, 1e-12));
});

Deno.test("stationaryDistribution() leaves nothing in states that are never come back to", () => {
  const { probabilities } = chain([[0, 0.5, 0.5], [0, 0.5, 0.5], [0, 0.25, 0.75]]);
  [0, 1 / 3, 2 / 3].forEach((expected, state) =>
    assertAlmostEquals(probabilities[state], expected, 1e-12)
  );
});

Deno.test("stationaryDistribution() of a doubly stochastic chain is uniform, sum 1", () => {
  const { probabilities } = chain([[0.2, 0.5, 0.3], [0.5, 0.3, 0.2], [0.3, 0.2, 0.5]]);
  probabilities.forEach((probability) => assertAlmostEquals(probability, 1 / 3, 1e-12));
});
