import { assert, assertEquals, assertRejects } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { temporalOrderTask } from "lib/sources/temporal_order_task.ts";
import { StoppedError, withStopRequests } from "lib/training/stop_request.ts";
import { testTask, trainTask } from "lib/training/tasks/train_task.ts";

const task = temporalOrderTask(10);
const options = { batchSize: 8, testEvery: 10, testSequences: 80, seed: 1 };

/** Answers right from its `knowsAfter`-th update on; its loss is `loss`. */
function rigged(knowsAfter: number, loss = 1) {
  let updates = 0;
  return {
    description: "rigged",
    trainStep: () => ({ loss: ++updates === 15 ? loss : 1, gradientNorm: 1 }),
    outputs(batch: ReturnType<typeof task.batch>) {
      const outputs = new Float32Array(10 * 8 * 4);
      if (updates < knowsAfter) return outputs.fill(0);
      batch.targetIds!.forEach((id, place) => outputs[place * 4 + id] = 1);
      return outputs;
    },
    dispose() {},
  };
}

Deno.test("trainTask() stops at the first test that is passed", async () => {
  const run = await trainTask(rigged(15), task, { ...options, maxUpdates: 100 });
  assertEquals([run.solved, run.updates, run.testError, run.diverged], [true, 20, 0, false]);
  assertEquals(run.trainingLoss, 1);
});

Deno.test("trainTask() gives up after its updates and says how many answers are wrong", async () => {
  const run = await trainTask(rigged(Infinity), task, { ...options, maxUpdates: 25 });
  assertEquals([run.solved, run.updates], [false, 25]);
  assert(run.testError > 0.5); // it always says XX
});

Deno.test("trainTask() ends a run whose loss is no number, and one that is told to stop", async () => {
  const run = await trainTask(rigged(50, NaN), task, { ...options, maxUpdates: 100 });
  assertEquals([run.solved, run.diverged, run.updates], [false, true, 15]);
  const signal = AbortSignal.abort();
  assertEquals(
    (await trainTask(rigged(1), task, { ...options, maxUpdates: 9, signal })).updates,
    0,
  );
});

Deno.test("trainTask() asked to stop throws: it was not seen whether it would have solved the task", async () => {
  let updates = 0;
  const run = () => trainTask(rigged(1), task, { ...options, maxUpdates: 9 });
  const stopped = withStopRequests(() => ++updates === 3, run);
  await assertRejects(() => stopped, StoppedError);
  assertEquals(updates, 3);
});

Deno.test("testTask() asks the same sequences for the same seed", async () => {
  const seen: string[] = [];
  const spy = {
    ...rigged(0),
    outputs(batch: ReturnType<typeof task.batch>) {
      seen.push(batch.inputIds!.join());
      return new Float32Array(320);
    },
  };
  await testTask(spy, task, { batchSize: 8, testSequences: 8, seed: 4 });
  await testTask(spy, task, { batchSize: 8, testSequences: 8, seed: 4 });
  assertEquals(seen[0], seen[1]);
  assert(seen[0] !== task.batch(8, randomStream(4, "another stream")).inputIds!.join());
});

Deno.test("trainTask() refuses settings that make no sense", async () => {
  const refused = (change: object, message: string) =>
    assertRejects(
      () => trainTask(rigged(1), task, { ...options, maxUpdates: 9, ...change }),
      RangeError,
      `Cannot train: ${message}`,
    );
  await refused({ maxUpdates: NaN }, "maxUpdates must be at least 0, got NaN.");
  for (const name of ["batchSize", "testEvery", "testSequences"]) {
    for (const value of [0, -1, 1.5, NaN]) {
      await refused({ [name]: value }, `${name} must be a whole number >= 1, got ${value}.`);
    }
  }
});
