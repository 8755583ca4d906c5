import { assertAlmostEquals, assertEquals } from "@std/assert";
import { dropoutScale } from "lib/kernels/reference/reference_dropout.ts";

Deno.test("dropoutScale() keeps 1 - rate of the elements and their mean", () => {
  const sizes = { key: 17, rate: 0.25, timeSteps: 10, batchSize: 10, hiddenSize: 100 };
  let kept = 0, sum = 0;
  for (let time = 0; time < 10; time++) {
    for (let sequence = 0; sequence < 10; sequence++) {
      for (let unit = 0; unit < 100; unit++) {
        const scale = dropoutScale({ layer: 0, time, sequence, unit }, sizes);
        if (scale > 0) kept++;
        sum += scale;
      }
    }
  }
  assertAlmostEquals(kept / 10_000, 0.75, 0.015);
  assertAlmostEquals(sum / 10_000, 1, 0.02);
});

Deno.test("dropoutScale() of rate 0 changes nothing", () => {
  const sizes = { key: 1, rate: 0, timeSteps: 1, batchSize: 1, hiddenSize: 1 };
  assertEquals(dropoutScale({ layer: 0, time: 0, sequence: 0, unit: 0 }, sizes), 1);
});
