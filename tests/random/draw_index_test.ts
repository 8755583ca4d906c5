import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { drawIndex } from "lib/random/draw_index.ts";
import { randomStream } from "lib/random/random_stream.ts";

Deno.test("drawIndex() inverts the cumulative sum, edges included", () => {
  const weights = [1, 0, 3];
  const at = (u: number) => drawIndex(weights, () => u);
  assertEquals([0, 0.2499, 0.25, 0.9999].map(at), [0, 0, 2, 2]);
});

Deno.test("drawIndex() draws with the given frequencies and never an impossible index", () => {
  const random = randomStream(4, "draw");
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 100_000; i++) counts[drawIndex([0.1, 0.6, 0, 0.3], random)]++;
  [0.1, 0.6, 0, 0.3].forEach((p, i) => assertAlmostEquals(counts[i] / 100_000, p, 0.006));
  assertEquals(counts[2], 0);
});

Deno.test("drawIndex() refuses weights that are no probabilities", () => {
  assertThrows(() => drawIndex([0.5, -0.1], () => 0), RangeError, "weight 1 is -0.1");
  assertThrows(() => drawIndex([NaN], () => 0), RangeError, "NaN");
  assertThrows(() => drawIndex([0, 0], () => 0), RangeError, "every weight is 0");
});
