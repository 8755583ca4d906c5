import { assertAlmostEquals, assertEquals } from "@std/assert";
import { randomNormal } from "lib/random/normal.ts";
import { randomStream } from "lib/random/random_stream.ts";

Deno.test("randomNormal() has mean 0, variance 1, kurtosis 3 and the normal's tail", () => {
  const draw = randomNormal(randomStream(5, "normal"));
  const values = Array.from({ length: 200_000 }, draw);
  const moment = (power: number) => values.reduce((sum, z) => sum + z ** power, 0) / values.length;
  assertAlmostEquals(moment(1), 0, 0.01);
  assertAlmostEquals(moment(2), 1, 0.015);
  assertAlmostEquals(moment(4), 3, 0.1);
  const beyond = values.filter((z) => Math.abs(z) > 1.959964).length / values.length;
  assertAlmostEquals(beyond, 0.05, 0.002);
});

Deno.test("randomNormal() repeats itself for the same stream", () => {
  const draws = () => Array.from({ length: 9 }, randomNormal(randomStream(5, "normal")));
  assertEquals(draws(), draws());
});
