import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type ErrorOracle, errorTaxonomy } from "lib/probes/writing/error_taxonomy.ts";
import { randomStream } from "lib/random/random_stream.ts";

const oracle = (category: string, fixes: (place: number) => boolean): ErrorOracle => ({
  category,
  fixes,
});

Deno.test("errorTaxonomy() of 24 places, errors at the even ones: shares in closed form", () => {
  // Errors at 12 places. Multiples of 4: 6; of the other 6, multiples of 3 (6, 18): 2; 4 left.
  const losses = Array.from({ length: 24 }, (_, place) => place % 2 === 0 ? Math.LN2 : 0.25);
  const found = errorTaxonomy(losses, [
    oracle("fours", (place) => place % 4 === 0),
    oracle("threes", (place) => place % 3 === 0),
  ]);
  const total = 12 * Math.LN2 + 3;
  assertEquals([found.characters, found.errors], [24, 12]);
  assertAlmostEquals(found.lossNats, total, 1e-12);
  const expected = [
    ["no error", 0, 0, 3],
    ["fours", 6, 1 / 2, 6 * Math.LN2],
    ["threes", 2, 1 / 6, 2 * Math.LN2],
    ["the rest", 4, 1 / 3, 4 * Math.LN2],
  ] as const;
  found.categories.forEach((category, index) => {
    const [name, errors, share, nats] = expected[index];
    assertEquals([category.category, category.errors], [name, errors]);
    assertAlmostEquals(category.shareOfErrors, share, 1e-12);
    assertAlmostEquals(category.lossNats, nats, 1e-12);
    assertAlmostEquals(category.shareOfLoss, nats / total, 1e-12);
  });
});

Deno.test("errorTaxonomy() peels in order: swapped oracles share the same errors otherwise", () => {
  const losses = new Array(12).fill(1);
  const fours = oracle("fours", (place) => place % 4 === 0); // 0 4 8
  const threes = oracle("threes", (place) => place % 3 === 0); // 0 3 6 9
  const errorsOf = (oracles: ErrorOracle[]) =>
    errorTaxonomy(losses, oracles).categories.map(({ category, errors }) => [category, errors]);
  assertEquals(errorsOf([fours, threes]).slice(1), [["fours", 3], ["threes", 3], ["the rest", 6]]);
  assertEquals(errorsOf([threes, fours]).slice(1), [["threes", 4], ["fours", 2], ["the rest", 6]]);
});

Deno.test("errorTaxonomy() is what a scalar loop that removes errors oracle by oracle finds", () => {
  const random = randomStream(7, "losses and oracles");
  const losses = Float64Array.from({ length: 500 }, () => 3 * random());
  const tables = [0.2, 0.5, 0.1, 0.7].map((share) =>
    Array.from({ length: 500 }, () => random() < share)
  );
  const found = errorTaxonomy(
    losses,
    tables.map((table, index) => oracle(`oracle ${index}`, (place) => table[place])),
  );
  let left: number[] = [];
  for (let place = 0; place < 500; place++) if (Math.exp(-losses[place]) <= 0.5) left.push(place);
  const all = left.length;
  const layers: number[][] = [];
  for (const table of [...tables, new Array(500).fill(true)]) {
    layers.push(left.filter((place) => table[place]));
    left = left.filter((place) => !table[place]);
  }
  assertEquals(found.errors, all);
  layers.forEach((layer, index) => {
    const category = found.categories[index + 1];
    let nats = 0;
    for (const place of layer) nats += losses[place];
    assertEquals(category.errors, layer.length);
    assertAlmostEquals(category.lossNats, nats, 1e-9);
  });
  const { categories } = found;
  assertEquals(categories.reduce((sum, { errors }) => sum + errors, 0), found.errors);
  assertEquals(categories.reduce((sum, { lossNats }) => sum + lossNats, 0), found.lossNats);
  assertAlmostEquals(categories.reduce((sum, one) => sum + one.shareOfErrors, 0), 1, 1e-12);
  assertAlmostEquals(categories.reduce((sum, one) => sum + one.shareOfLoss, 0), 1, 1e-12);
  let whole = 0;
  for (const loss of losses) whole += loss;
  assertAlmostEquals(found.lossNats, whole, 1e-9);
});

Deno.test("errorTaxonomy() of a model that is always right has no shares of errors", () => {
  const { errors, categories } = errorTaxonomy([0, 0.5], [oracle("any", () => true)]);
  assertEquals(errors, 0);
  assertEquals(categories.map(({ shareOfErrors }) => shareOfErrors), [0, 0, 0]);
  assertAlmostEquals(categories[0].shareOfLoss, 1, 1e-12);
});

Deno.test("errorTaxonomy() refuses losses that are none", () => {
  assertThrows(() => errorTaxonomy([], []), RangeError, "0 losses");
  assertThrows(() => errorTaxonomy([1, NaN], []), RangeError, "at place 1 is NaN");
});
