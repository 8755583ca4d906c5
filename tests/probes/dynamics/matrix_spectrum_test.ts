import { assertAlmostEquals, assertThrows } from "@std/assert";
import { spectralNorm } from "lib/probes/dynamics/matrix_spectrum.ts";

Deno.test("spectralNorm() is the largest singular value, not eigenvalue", () => {
  const shear = [0.5, 10, 0, 0.5];
  assertAlmostEquals(spectralNorm(shear, 2), 10.02494, 1e-4); // s + 0.25/s = sqrt(100 + 2 * 0.25 + 0.5)
  assertAlmostEquals(spectralNorm([0, -1.7, 1.7, 0], 2), 1.7, 1e-12);
});

Deno.test("spectralNorm() refuses numbers that are no square", () => {
  assertThrows(() => spectralNorm([1, 2], 2), RangeError, "got 2 numbers");
});
