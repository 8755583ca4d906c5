import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { temporalOrderTask } from "lib/sources/temporal_order_task.ts";
import { gaussian } from "lib/models/initialisers.ts";
import {
  drawPath,
  pathLearner,
  pathRemedies,
  pathRemedyLearner,
  pathRemedyRun,
} from "lib/training/tasks/path_learner.ts";
import { recurrentLearner } from "lib/training/tasks/task_learner.ts";

for (const [name, remedy] of Object.entries(pathRemedies)) {
  Deno.test(`pathRemedyLearner() starts near ln 4 and learns: ${name}`, async () => {
    const task = temporalOrderTask(10);
    const learner = pathRemedyLearner(remedy, task, { hiddenSize: 12, batchSize: 16, seed: 1 });
    const batch = task.batch(16, randomStream(1, "batches"));
    const losses: number[] = [];
    for (let i = 0; i < 60; i++) losses.push((await learner.trainStep(batch)).loss);
    assertAlmostEquals(losses[0], Math.log(4), 0.4);
    assert(losses[59] < losses[0] - 0.05, `${losses[0]} to ${losses[59]}`);
    assertEquals((await learner.outputs(batch)).length, 10 * 16 * 4);
    learner.dispose();
  });
}

Deno.test("pathRemedyRun() solves temporal order over 10 steps with attention, in the same updates again", async () => {
  const remedy = pathRemedies["tanh + attention"];
  const options = { hiddenSize: 16, batchSize: 16, seed: 1, maxUpdates: 1000, testSequences: 320 };
  const run = await pathRemedyRun(remedy, temporalOrderTask(10), options);
  assert(run.solved);
  assertEquals(await pathRemedyRun(remedy, temporalOrderTask(10), options), run);
});

Deno.test("pathLearner() takes a step of SGD along the clipped gradient", async () => {
  const task = temporalOrderTask(10);
  const path = { carry: 1, branch: 0.1, hiddenSize: 3 };
  const drawn = () =>
    drawPath(task, { ...path, recurrent: gaussian(0.1), random: randomStream(1, "w") });
  const step = async (maxGradientNorm: number) => {
    const parameters = drawn();
    const optimizer = { kind: "sgd", learningRate: 1 } as const;
    const learner = pathLearner(task, path, {
      ...{ optimizer, maxGradientNorm, batchSize: 4, parameters },
    });
    await learner.trainStep(task.batch(4, randomStream(1, "batches")));
    let square = 0;
    for (const [name, values] of Object.entries(drawn())) {
      values.forEach((value, i) => square += (value - parameters[name][i]) ** 2);
    }
    return Math.sqrt(square);
  };
  assertAlmostEquals(await step(0.01), 0.01, 1e-5);
});

Deno.test("pathLearner() and recurrentLearner() refuse settings that make no sense alike", async () => {
  const task = temporalOrderTask(10);
  const path = { carry: 1, branch: 0.1, hiddenSize: 3 };
  const random = randomStream(1, "w");
  const parameters = drawPath(task, { ...path, recurrent: gaussian(0.1), random });
  const layer = { cell: "gru", input: gaussian(0.1), recurrent: gaussian(0.1) } as const;
  const optimizer = { kind: "sgd", learningRate: 0.1 } as const;
  const cases: [object, string][] = [
    [
      { optimizer: { ...optimizer, learningRate: NaN } },
      "the learning rate must be positive, got NaN.",
    ],
    [
      { optimizer: { ...optimizer, momentum: 1 } },
      "momentum must be at least 0 and below 1, got 1.",
    ],
    [{ maxGradientNorm: 0 }, "maxGradientNorm must be above 0, got 0."],
  ];
  for (const [change, message] of cases) {
    const training = { optimizer, batchSize: 2, ...change };
    assertThrows(() => pathLearner(task, path, { ...training, parameters }), RangeError, message);
    await assertRejects(
      () => recurrentLearner(task, { ...training, ...layer, hiddenSize: 3, random }),
      RangeError,
      message,
    );
  }
});
