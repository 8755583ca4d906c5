import { assertAlmostEquals, assertThrows } from "@std/assert";
import { scaleToSpectralRadius, spectralNorm, spectralRadius } from "lib/probes/matrix_spectrum.ts";

Deno.test("spectralRadius() and spectralNorm() differ for a matrix that is not normal", () => {
  const shear = [0.5, 10, 0, 0.5];
  assertAlmostEquals(spectralRadius(shear, 2), 0.5, 1e-7);
  assertAlmostEquals(spectralNorm(shear, 2), 10.02494, 1e-4); // s + 0.25/s = sqrt(100 + 2 * 0.25 + 0.5)
});

Deno.test("spectralRadius() of a scaled rotation is its scale", () => {
  assertAlmostEquals(spectralRadius([0, -1.7, 1.7, 0], 2), 1.7, 1e-12);
});

Deno.test("scaleToSpectralRadius() reaches the radius asked for, or says why not", () => {
  const scaled = scaleToSpectralRadius(Float32Array.of(1, 2, 3, 4), { size: 2, radius: 1.5 });
  assertAlmostEquals(spectralRadius(scaled, 2), 1.5, 1e-6);
  assertThrows(
    () => scaleToSpectralRadius(Float32Array.of(0, 1, 0, 0), { size: 2, radius: 1 }),
    RangeError,
    "all its eigenvalues are 0",
  );
  assertThrows(() => spectralNorm([1, 2], 2), RangeError, "got 2 numbers");
});
