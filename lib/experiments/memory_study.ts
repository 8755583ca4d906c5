import type { SequenceTask } from "lib/sources/sequence_task.ts";
import type { TaskLearner } from "lib/training/tasks/task_learner.ts";
import { type TaskRun, trainTask } from "lib/training/tasks/train_task.ts";
import { throwIfStopped } from "lib/training/stop_request.ts";

/** Tasks by length times networks: which learn to remember, and how far. */
export interface MemoryStudy {
  readonly settings: {
    readonly hiddenSize: number;
    readonly batchSize: number;
    readonly maxUpdates: number;
    /** Whether a network that no seed learns one length with is spared the longer ones. */
    readonly untilNoneSolves?: boolean;
    /** Updates from one test to the next; 250 unless told. */
    readonly testEvery?: number;
    /** Sequences of a test; 2,000 unless told. */
    readonly testSequences?: number;
  };
  /** By length, shortest first. */
  readonly tasks: readonly { readonly length: number; readonly task: SequenceTask }[];
  readonly learners: Readonly<Record<string, MemoryRecipe>>;
}

/** What a network is, for the record, and how to make it. */
export interface MemoryRecipe {
  readonly settings: unknown;
  /** Not tried on longer sequences: too slow. */
  readonly longest?: number;
  make(
    task: SequenceTask,
    sizes: { hiddenSize: number; batchSize: number; seed: number },
  ): TaskLearner | Promise<TaskLearner>;
}

/** One run of one network on one task. */
export interface MemoryRun extends TaskRun {
  readonly remedy: string;
  readonly length: number;
  readonly seed: number;
}

/**
 * Trains every network on every task from every seed's weights, each run handed out as it is made, with
 * what computed it. Shorter tasks come first, then the networks in their order.
 *
 * @param choices.earlier runs that are made already, and not again
 * @throws {StoppedError} if Stop was pressed.
 */
export async function* memoryStudy(
  { settings, tasks, learners }: MemoryStudy,
  { seeds, earlier = [] }: { seeds: readonly number[]; earlier?: readonly MemoryRun[] },
): AsyncGenerator<{ run: MemoryRun; engine: string }, void, void> {
  const { untilNoneSolves, hiddenSize, ...training } = settings;
  const { batchSize } = training;
  const runs = [...earlier];
  for (const [index, { length, task }] of tasks.entries()) {
    const shorter = untilNoneSolves ? tasks[index - 1]?.length : undefined;
    for (const [remedy, { longest = Infinity, make }] of Object.entries(learners)) {
      const own = (of: number) => runs.filter((run) => run.remedy === remedy && run.length === of);
      const isHopeless = shorter !== undefined && !own(shorter).some(({ solved }) => solved);
      if (length > longest || isHopeless) continue;
      const made = own(length);
      for (const seed of seeds.filter((seed) => !made.some((run) => run.seed === seed))) {
        throwIfStopped();
        const learner = await make(task, { hiddenSize, batchSize, seed });
        try {
          const trained = await trainTask(learner, task, { ...training, seed });
          const run = { remedy, length, seed, ...trained };
          runs.push(run);
          yield { run, engine: learner.description };
        } finally {
          learner.dispose();
        }
      }
    }
  }
}
