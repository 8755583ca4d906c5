import { assertAlmostEquals, assertEquals } from "@std/assert";
import { euclideanNorm } from "lib/probes/euclidean_norm.ts";

Deno.test("euclideanNorm() neither over- nor underflows", () => {
  assertAlmostEquals(euclideanNorm(Float64Array.of(3e200, 4e200)) / 5e200, 1, 1e-15);
  assertAlmostEquals(euclideanNorm(Float64Array.of(3e-200, 4e-200)) / 5e-200, 1, 1e-15);
  assertEquals(euclideanNorm(new Float64Array(3)), 0);
});
