import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { randomStream } from "lib/random/random_stream.ts";
import { addingTask } from "lib/sources/adding_task.ts";
import { copyingTask } from "lib/sources/copying_task.ts";
import { temporalOrderTask } from "lib/sources/temporal_order_task.ts";
import { inputTensor, tensorLearner } from "lib/training/tasks/tensor_learner.ts";

const training = { optimizer: { kind: "sgd", learningRate: 0.5 } as const, batchSize: 4 };

/** Always answers its bias. */
function constantAnswerer(outputSize: number) {
  const bias = tf.tidy(() => tf.variable(tf.zeros([outputSize])));
  return {
    parameters: { "output/bias": bias },
    answer: (inputs: tf.Tensor3D) =>
      tf.add(tf.zeros([inputs.shape[1], outputSize]), bias) as tf.Tensor2D,
    dispose: () => bias.dispose(),
  };
}

Deno.test("tensorLearner() has the memoryless loss and learns the mean of the adding problem", async () => {
  await tf.setBackend("cpu");
  const task = addingTask(4);
  const learner = tensorLearner(task, constantAnswerer(1), training);
  const before = tf.memory().numTensors;
  const draw = randomStream(1, "batches");
  for (let i = 0; i < 50; i++) await learner.trainStep(task.batch(64, draw));
  const batch = task.batch(2000, draw);
  const outputs = await learner.outputs(batch);
  assertEquals(tf.memory().numTensors, before);
  assertAlmostEquals(outputs[outputs.length - 1], 1, 0.15);
  assertEquals(outputs[0], 0); // it answers at the end alone
  assertAlmostEquals(task.error(batch, outputs), 1 / 6, 0.03);
  learner.dispose();
});

Deno.test("tensorLearner() reports cross-entropy where answers are tokens", async () => {
  await tf.setBackend("cpu");
  const task = temporalOrderTask(10);
  const learner = tensorLearner(task, constantAnswerer(4), training);
  const { loss, gradientNorm } = await learner.trainStep(task.batch(9, randomStream(1, "batches")));
  assertAlmostEquals(loss, Math.log(4), 1e-6);
  assert(gradientNorm > 0);
  learner.dispose();
});

Deno.test("tensorLearner() refuses a task with answers before the end", async () => {
  await tf.setBackend("cpu");
  const task = copyingTask(2);
  const learner = tensorLearner(task, constantAnswerer(9), training);
  await assertRejects(
    async () => await learner.trainStep(task.batch(2, randomStream(1, "batches"))),
    Error,
    "before the end",
  );
  learner.dispose();
});

Deno.test("inputTensor() turns tokens into one-hot rows", async () => {
  await tf.setBackend("cpu");
  const task = temporalOrderTask(10);
  const batch = task.batch(1, randomStream(1, "batches"));
  const values = tf.tidy(() => inputTensor(task, batch).dataSync());
  assertEquals(values.length, 80);
  assertEquals(values[6], 1); // the sequence begins with E
});
