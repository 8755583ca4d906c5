import { assertAlmostEquals, assertEquals } from "@std/assert";
import { clipFactor, globalNorm, updateArray } from "lib/kernels/reference/reference_optimizer.ts";

Deno.test("globalNorm() and clipFactor() scale a gradient of 3 and 4 down to 1", () => {
  const norm = globalNorm({ a: Float64Array.of(3), b: Float64Array.of(4) });
  assertEquals(norm, 5);
  assertAlmostEquals(clipFactor(norm, 1), 0.2, 1e-6);
  assertEquals([clipFactor(norm, 6), clipFactor(norm, undefined)], [1, 1]);
});

Deno.test("updateArray(): the first step of Adam and Adagrad is the learning rate", () => {
  for (const kind of ["adam", "adagrad"] as const) {
    const parameter = Float64Array.of(1, 1);
    updateArray({ kind, learningRate: 0.1 }, {
      ...{ parameter, gradient: Float64Array.of(5, -0.02), factor: 1, learningRate: 0.1 },
      ...{ moment: new Float64Array(2), square: new Float64Array(2), trainingStep: 1 },
    });
    assertAlmostEquals(parameter[0], 0.9, 1e-6);
    assertAlmostEquals(parameter[1], 1.1, 1e-6);
  }
});
