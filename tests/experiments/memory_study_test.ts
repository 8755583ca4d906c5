import { assertEquals } from "@std/assert";
import { type MemoryRun, memoryStudy } from "lib/experiments/memory_study.ts";
import { addingTask } from "lib/sources/adding_task.ts";
import { memoryRemedies, remedyLearner, remedyRun } from "lib/training/tasks/memory_remedies.ts";
import type { TaskLearner } from "lib/training/tasks/task_learner.ts";

const settings = { hiddenSize: 4, batchSize: 2, maxUpdates: 2, testSequences: 4 };
const tasks = [10, 12].map((length) => ({ length, task: addingTask(length) }));

/** A learner that answers 1, about the mean of two numbers' sum: no run solves adding so. */
const guess: TaskLearner = {
  description: "a guess",
  trainStep: () => ({ loss: 1, gradientNorm: 0 }),
  outputs: ({ timeSteps, batchSize }) => new Float32Array(timeSteps * batchSize).fill(1),
  dispose() {},
};
const guessing = { settings: {}, make: () => guess };
const earlier = { solved: true, updates: 7, testError: 0, trainingLoss: 0, diverged: false };
const made = async (...given: Parameters<typeof memoryStudy>) =>
  (await Array.fromAsync(memoryStudy(...given))).map(({ run }) =>
    `${run.remedy} ${run.length} ${run.seed}`
  );

Deno.test("memoryStudy() makes the runs of remedyRun(), and says what computed them", async () => {
  const how = memoryRemedies["GRU"];
  const learners = { gru: { settings: how, make: remedyLearner.bind(undefined, how) } };
  const study = { settings, tasks: tasks.slice(0, 1), learners };
  const [{ run, engine }] = await Array.fromAsync(memoryStudy(study, { seeds: [3] }));
  const alone = await remedyRun(how, tasks[0].task, { ...settings, seed: 3 });
  assertEquals(run, { remedy: "gru", length: 10, seed: 3, ...alone });
  assertEquals(engine.startsWith("Fused WebAssembly kernels"), true, engine);
});

Deno.test("memoryStudy() takes shorter tasks first, and makes no run that there is or that is too long", async () => {
  const study = { settings, tasks, learners: { a: guessing, b: { ...guessing, longest: 10 } } };
  const runs: MemoryRun[] = [{ ...earlier, remedy: "b", length: 10, seed: 1 }];
  const all = ["a 10 1", "a 10 2", "b 10 2", "a 12 1", "a 12 2"];
  assertEquals(await made(study, { seeds: [1, 2], earlier: runs }), all);
});

Deno.test("memoryStudy() spares a network what no seed of it learns at the length before, if told", async () => {
  const study = {
    ...{ tasks, settings: { ...settings, untilNoneSolves: true } },
    learners: { never: guessing, once: guessing },
  };
  const runs: MemoryRun[] = [{ ...earlier, remedy: "once", length: 10, seed: 1 }];
  const all = ["never 10 1", "once 12 1"];
  assertEquals(await made(study, { seeds: [1], earlier: runs }), all);
});
