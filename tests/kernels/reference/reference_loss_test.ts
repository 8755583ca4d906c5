import { assertAlmostEquals } from "@std/assert";
import { crossEntropy, squaredError } from "lib/kernels/reference/reference_loss.ts";

Deno.test("crossEntropy() of equal outputs is ln V, and its gradient sums to zero", () => {
  const { loss, gradient } = crossEntropy(Float64Array.of(7, 7, 7, 7), 2);
  assertAlmostEquals(loss, Math.log(4));
  assertAlmostEquals(gradient[2], -0.75);
  assertAlmostEquals(gradient.reduce((a, b) => a + b), 0);
});

Deno.test("squaredError() is the mean over the outputs", () => {
  const { loss, gradient } = squaredError(Float64Array.of(1, 4), [0, 2]);
  assertAlmostEquals(loss, 2.5);
  assertAlmostEquals(gradient[1], 2);
});
