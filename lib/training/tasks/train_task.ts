import { requireSettings } from "lib/kernels/training_settings.ts";
import { randomStream } from "lib/random/random_stream.ts";
import type { SequenceTask } from "lib/sources/sequence_task.ts";
import type { TaskLearner } from "lib/training/tasks/task_learner.ts";
import { trainingLoop } from "lib/training/training_loop.ts";

/** How long to train on a task, and how success is measured. */
export interface TrainTaskOptions {
  readonly maxUpdates: number;
  readonly batchSize: number;
  /** Updates from one test to the next; 250 unless told. */
  readonly testEvery?: number;
  /** Sequences of a test; 2,000 unless told. */
  readonly testSequences?: number;
  readonly seed: number;
  /** Ends the run after the current update, unsolved. */
  readonly signal?: AbortSignal;
}

/** What came of a run. */
export interface TaskRun {
  readonly solved: boolean;
  /** Updates at the first test that was passed, or all that were made. */
  readonly updates: number;
  /** At the last test: share of wrong answers, or mean squared error. */
  readonly testError: number;
  /** Mean training loss over the last `testEvery` updates. */
  readonly trainingLoss: number;
  /** Whether the run ended because a loss was no longer a number. */
  readonly diverged: boolean;
}

/**
 * Trains on fresh sequences until a test is passed, up to `maxUpdates`.
 *
 * Every test has the same sequences, drawn from a stream of their own.
 *
 * @throws {RangeError} if a setting makes no sense.
 * @throws {StoppedError} if Stop was pressed.
 */
export async function trainTask(
  learner: TaskLearner,
  task: SequenceTask,
  options: TrainTaskOptions,
): Promise<TaskRun> {
  const { maxUpdates, batchSize, testEvery = 250, testSequences = 2000, seed, signal } = options;
  requireSettings({ maxUpdates, batchSize, testEvery, testSequences });
  const random = randomStream(seed, `${task.name}: training sequences`);
  let run: TaskRun = {
    solved: false,
    updates: 0,
    testError: NaN,
    trainingLoss: NaN,
    diverged: false,
  };
  let lossSum = 0;
  const loop = trainingLoop(learner, {
    batchAt: () => task.batch(batchSize, random),
    trainingSteps: signal?.aborted ? 0 : maxUpdates,
    signal,
    onNonFiniteLoss: "stop",
  });
  for await (const { trainingStep: update, result, stopReason } of loop) {
    if (stopReason === "nonFiniteLoss") return { ...run, updates: update, diverged: true };
    lossSum += result.loss;
    if (update % testEvery !== 0 && update !== maxUpdates) continue;
    const testError = await testTask(learner, task, { batchSize, testSequences, seed });
    const trainingLoss = lossSum / testEvery;
    run = { ...run, updates: update, testError, trainingLoss };
    if (testError < task.solvedBelow) return { ...run, solved: true };
    lossSum = 0;
  }
  return run;
}

/** `error` of a learner on fresh sequences that depend on the seed alone. */
export async function testTask(
  learner: TaskLearner,
  task: SequenceTask,
  { batchSize, testSequences, seed }: { batchSize: number; testSequences: number; seed: number },
): Promise<number> {
  const random = randomStream(seed, `${task.name}: test sequences`);
  const batches = Math.ceil(testSequences / batchSize);
  let sum = 0;
  for (let i = 0; i < batches; i++) {
    const batch = task.batch(batchSize, random);
    sum += task.error(batch, await learner.outputs(batch));
  }
  return sum / batches;
}
