import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { randomStream } from "lib/random/random_stream.ts";
import { temporalOrderTask } from "lib/sources/temporal_order_task.ts";
import { tensorRemedies, tensorRemedyLearner } from "lib/training/tasks/tensor_remedies.ts";

for (const [name, build] of Object.entries(tensorRemedies)) {
  Deno.test(`tensorRemedyLearner() trains: ${name}`, async () => {
    await tf.setBackend("cpu");
    const before = tf.memory().numTensors;
    const task = temporalOrderTask(10);
    const sizes = { hiddenSize: 8, batchSize: 8, seed: 1 };
    const learner = tensorRemedyLearner(build, task, sizes);
    const batch = task.batch(8, randomStream(1, "batches"));
    const losses: number[] = [];
    for (let i = 0; i < 12; i++) losses.push((await learner.trainStep(batch)).loss);
    assertAlmostEquals(losses[0], Math.log(4), 0.6);
    assert(losses[11] < losses[0]);
    assertEquals((await learner.outputs(batch)).length, 10 * 8 * 4);
    learner.dispose();
    assertEquals(tf.memory().numTensors, before);
  });
}
