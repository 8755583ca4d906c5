import { assertEquals } from "@std/assert";
import { divergenceText } from "lib/training/divergence.ts";

const at = { trainingStep: 9, lossNats: NaN, updates: 8 };

Deno.test("divergenceText() says what the updates were like, and blames them only if they were too large", () => {
  assertEquals(
    divergenceText({ ...at, learningRate: 3, gradientNorm: 1234.567 }),
    "Training diverged at step 9: the loss is NaN. 8 updates were made before, at a learning rate of " +
      "up to 3 and a gradient norm of up to 1230. If they were too large, try a learning rate below 3, " +
      "or clip the gradient with maxGradientNorm; if not, look whether the run began with weights that " +
      "are finite.",
  );
  assertEquals(
    divergenceText({ ...at, updates: 1, gradientNorm: Infinity, maxGradientNorm: 5 }),
    "Training diverged at step 9: the loss is NaN. 1 update was made before, at a gradient norm of up " +
      "to Infinity. If they were too large, try a lower learning rate, or clip harder than " +
      "maxGradientNorm 5; if not, look whether the run began with weights that are finite.",
  );
});

Deno.test("divergenceText() names no rate where no update was made", () => {
  assertEquals(
    divergenceText({ trainingStep: 1, lossNats: NaN, updates: 0, learningRate: 0.01 }),
    "Training diverged at step 1: the loss is NaN. No update was made before: the initial weights or " +
      "the carried state are not finite, or too large.",
  );
  assertEquals(
    divergenceText({ ...at, updates: 0, learningRate: 0.01 }),
    "Training diverged at step 9: the loss is NaN. No update was made since the run went on: the " +
      "weights or the state that it went on from are not finite, or too large.",
  );
});
