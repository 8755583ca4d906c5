import { assertAlmostEquals, assertEquals } from "@std/assert";
import { median } from "lib/probes/median.ts";

Deno.test("median() is the middle, or the mean of the middle two", () => {
  assertEquals(median([3, 1, 2]), 2);
  assertAlmostEquals(median([4, 1, 2, 3]), 2.5, 1e-12);
  assertEquals(median([Infinity, Infinity]), Infinity);
  assertEquals(median([1, NaN, 2]), NaN);
});
