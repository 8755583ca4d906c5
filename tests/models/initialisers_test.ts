import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  gaussian,
  glorot,
  identity,
  type Initialiser,
  orthogonal,
  uniform,
  zeros,
} from "lib/models/initialisers.ts";
import { randomStream } from "lib/random/random_stream.ts";

const draw = (initialiser: Initialiser, rows: number, columns: number) =>
  initialiser(rows, columns, randomStream(1, "weights"));
const mean = (values: Float32Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const meanSquare = (values: Float32Array) => mean(values.map((value) => value * value));

Deno.test("gaussian() has mean 0, the given standard deviation and normal tails", () => {
  const values = draw(gaussian(0.01), 200, 100);
  assertAlmostEquals(mean(values), 0, 4 * 0.01 / Math.sqrt(20_000));
  assertAlmostEquals(Math.sqrt(meanSquare(values)), 0.01, 2e-4);
  const beyondTwo = values.filter((value) => Math.abs(value) > 0.02).length / values.length;
  assertAlmostEquals(beyondTwo, 0.0455, 0.006);
});

Deno.test("uniform() fills +-limit evenly", () => {
  const values = draw(uniform(0.3), 100, 100);
  assert(values.every((value) => Math.abs(value) <= Math.fround(0.3)));
  assertAlmostEquals(mean(values), 0, 0.007);
  assertAlmostEquals(meanSquare(values), 0.3 ** 2 / 3, 0.001);
  assertEquals([...uniform(2)(1, 2, () => 0.75)], [1, 1]);
});

Deno.test("glorot() is uniform with variance 2 / (rows + columns)", () => {
  const values = draw(glorot(), 150, 50);
  assertAlmostEquals(meanSquare(values), 2 / 200, 4e-4);
  assert(values.every((value) => Math.abs(value) <= Math.fround(Math.sqrt(6 / 200))));
});

for (const [rows, columns] of [[6, 6], [8, 3], [3, 8]]) {
  Deno.test(`orthogonal() of [${rows}, ${columns}] has every singular value equal to the gain`, () => {
    const values = draw(orthogonal(1.5), rows, columns);
    const tall = rows >= columns;
    const [short, long] = [Math.min(rows, columns), Math.max(rows, columns)];
    const at = (k: number, j: number) => tall ? values[k * columns + j] : values[j * columns + k];
    for (let i = 0; i < short; i++) {
      for (let j = 0; j < short; j++) {
        let product = 0;
        for (let k = 0; k < long; k++) product += at(k, i) * at(k, j);
        assertAlmostEquals(product, i === j ? 2.25 : 0, 1e-6);
      }
    }
  });
}

Deno.test("orthogonal() is uniform: rotations by 90 degrees come as often as by any other angle", () => {
  const random = randomStream(2, "angles");
  let [sumOfDiagonal, reflections] = [0, 0];
  for (let i = 0; i < 2000; i++) {
    const [a, b, c, d] = orthogonal()(2, 2, random);
    sumOfDiagonal += a;
    if (a * d - b * c < 0) reflections++;
  }
  assertAlmostEquals(sumOfDiagonal / 2000, 0, 4 * Math.sqrt(0.5 / 2000));
  assertAlmostEquals(reflections / 2000, 0.5, 0.045);
});

Deno.test("identity() and zeros() draw nothing", () => {
  const never = () => {
    throw new Error("drew a number");
  };
  assertEquals([...identity(0.5)(2, 3, never)], [0.5, 0, 0, 0, 0.5, 0]);
  assertEquals([...zeros()(1, 2, never)], [0, 0]);
});
