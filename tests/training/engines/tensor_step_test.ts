import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { tensorStepper } from "lib/training/engines/tensor_step.ts";

/** x² + y², of which the gradient is (2x, 2y). */
function bowl() {
  const parameters = { x: tf.variable(tf.scalar(3)), y: tf.variable(tf.scalar(-4)) };
  const loss = () => tf.add(tf.square(parameters.x), tf.square(parameters.y)) as tf.Scalar;
  const values = () => [parameters.x, parameters.y].map((one) => one.dataSync()[0]);
  return { parameters, loss, values, dispose: () => tf.dispose(parameters) };
}

Deno.test("tensorStepper() takes the step of SGD, and tells the loss and the norm before it", async () => {
  const { parameters, loss, values, dispose } = bowl();
  const { step, optimizer } = tensorStepper(parameters, {
    optimizer: { kind: "sgd", learningRate: 0.1 },
  });
  const before = tf.memory().numTensors;
  assertEquals(await step(loss), { loss: 25, gradientNorm: 10 });
  const [x, y] = values();
  assertAlmostEquals(x, 3 - 0.6, 1e-6);
  assertAlmostEquals(y, -4 + 0.8, 1e-6);
  assertEquals(tf.memory().numTensors, before);
  optimizer.dispose();
  dispose();
});

Deno.test("tensorStepper() clips by the global norm: half the norm, half the step", async () => {
  const { parameters, loss, values, dispose } = bowl();
  const { step } = tensorStepper(parameters, {
    ...{ optimizer: { kind: "sgd", learningRate: 0.1 }, maxGradientNorm: 5 },
  });
  assertAlmostEquals((await step(loss)).gradientNorm, 10, 1e-6);
  const [x, y] = values();
  assertAlmostEquals(x, 3 - 0.3, 1e-5);
  assertAlmostEquals(y, -4 + 0.4, 1e-5);
  dispose();
});

Deno.test("tensorStepper() refuses a learning rate and a norm that are not positive", () => {
  const { parameters, dispose } = bowl();
  const optimizer = { kind: "sgd", learningRate: 0 } as const;
  assertThrows(
    () => tensorStepper(parameters, { optimizer }),
    RangeError,
    "must be positive, got 0",
  );
  const clipped = { optimizer: { ...optimizer, learningRate: 1 }, maxGradientNorm: NaN };
  const message = "Cannot train: maxGradientNorm must be above 0, got NaN.";
  assertThrows(() => tensorStepper(parameters, clipped), RangeError, message);
  dispose();
});
