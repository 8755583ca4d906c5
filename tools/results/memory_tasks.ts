/**
 * Which networks learn to remember, and how far: `deno task memory-tasks`, one stored result a part.
 *
 * Parts: lengths (temporal order by length, every remedy), phase (success by length and initial
 * gain), adding, temporal-order and temporal-order-orthogonal (the published settings, LSTMs drawn as
 * PyTorch does and with orthogonal matrices), copying, and paths (residual RNN, attention
 * and a transformer by length). Options: --parts a,b --seeds N.
 */
import { parseArgs } from "node:util";
import { addingTask } from "lib/sources/adding_task.ts";
import { copyingTask } from "lib/sources/copying_task.ts";
import type { SequenceTask } from "lib/sources/sequence_task.ts";
import { temporalOrderTask } from "lib/sources/temporal_order_task.ts";
import {
  memoryRemedies,
  type MemoryRemedy,
  type MemoryRemedyName,
  remedyLearner,
  tanhOfGain,
} from "lib/training/memory_remedies.ts";
import type { TaskLearner } from "lib/training/task_learner.ts";
import { tensorRemedies, tensorRemedyLearner } from "lib/training/tensor_remedies.ts";
import { trainTask } from "lib/training/train_task.ts";
import { useBackend } from "lib/kernels/backend.ts";
import { storeResult } from "tools/results/stored_result.ts";

/** One part of the study: tasks times remedies times seeds. */
interface Part {
  readonly settings: {
    readonly hiddenSize: number;
    readonly batchSize: number;
    readonly maxUpdates: number;
  };
  readonly tasks: readonly { readonly length: number; readonly task: SequenceTask }[];
  readonly learners: Readonly<Record<string, Recipe>>;
}

type Sizes = { hiddenSize: number; batchSize: number; seed: number };

/** What a network is, for the record, and how to make it. */
interface Recipe {
  readonly settings: unknown;
  make(task: SequenceTask, sizes: Sizes): TaskLearner | Promise<TaskLearner>;
}

const at = (make: (length: number) => SequenceTask, lengths: readonly number[]) =>
  lengths.map((length) => ({ length, task: make(length) }));
const fused = (remedies: Record<string, MemoryRemedy>) =>
  Object.fromEntries(
    Object.entries(remedies).map(([name, remedy]): [string, Recipe] => [name, {
      settings: remedy,
      make: (task, sizes) => remedyLearner(remedy, task, sizes),
    }]),
  );
const only = (...names: MemoryRemedyName[]) =>
  fused(Object.fromEntries(names.map((name) => [name, memoryRemedies[name]])));
const paths = Object.fromEntries(
  Object.entries(tensorRemedies).map(([name, build]): [string, Recipe] => [name, {
    settings: { optimizer: { kind: "adam", learningRate: 1e-3 }, maxGradientNorm: 1 },
    make: (task, sizes) => tensorRemedyLearner(build, task, sizes),
  }]),
);
const GAINS = [0.5, 0.75, 1, 1.25, 1.5, 2];

const PARTS: Record<string, Part> = {
  "lengths": {
    settings: { hiddenSize: 50, batchSize: 32, maxUpdates: 1000 },
    tasks: at(temporalOrderTask, [20, 40, 80, 160]),
    learners: only(
      "tanh, Gaussian 0.1",
      "tanh, not clipped",
      "tanh, SGD 0.1",
      "tanh, RMSprop",
      "tanh, Glorot",
      "tanh, orthogonal",
      "sigmoid, orthogonal",
      "relu, identity (IRNN)",
      "LSTM, forget bias 0",
      "LSTM, forget bias 1",
      "GRU",
    ),
  },
  "phase": {
    settings: { hiddenSize: 50, batchSize: 32, maxUpdates: 1000 },
    tasks: at(temporalOrderTask, [10, 20, 40, 80]),
    learners: fused(Object.fromEntries(GAINS.map((gain) => [String(gain), tanhOfGain(gain)]))),
  },
  "adding": {
    settings: { hiddenSize: 64, batchSize: 64, maxUpdates: 5000 },
    tasks: at(addingTask, [50]),
    learners: only(
      "GRU",
      "LSTM, forget bias 1",
      "relu, identity (IRNN)",
      "tanh, orthogonal",
      "tanh, Gaussian 0.1",
    ),
  },
  "temporal-order": {
    settings: { hiddenSize: 50, batchSize: 64, maxUpdates: 5000 },
    tasks: at(temporalOrderTask, [100]),
    learners: only(
      "LSTM, forget bias 1",
      "relu, identity (IRNN)",
      "tanh, Gaussian 0.1",
      "LSTM, forget bias 0",
    ),
  },
  "temporal-order-orthogonal": {
    settings: { hiddenSize: 50, batchSize: 64, maxUpdates: 5000 },
    tasks: at(temporalOrderTask, [100]),
    learners: only("LSTM orthogonal, bias 1"),
  },
  "copying": {
    settings: { hiddenSize: 64, batchSize: 32, maxUpdates: 2000 },
    tasks: at(copyingTask, [10]),
    learners: only(
      "GRU",
      "LSTM, forget bias 1",
      "relu, identity (IRNN)",
      "tanh, orthogonal",
      "tanh, Gaussian 0.1",
    ),
  },
  "paths": {
    settings: { hiddenSize: 50, batchSize: 32, maxUpdates: 1000 },
    tasks: at(temporalOrderTask, [20, 40]),
    learners: paths,
  },
};

const { values: flags } = parseArgs({
  options: {
    parts: { type: "string", default: Object.keys(PARTS).join(",") },
    seeds: { type: "string", default: "5" },
  },
});
const names = flags.parts.split(",");
const unknown = names.find((name) => !(name in PARTS));
if (unknown !== undefined) {
  console.error(`Cannot run "${unknown}": --parts takes ${Object.keys(PARTS).join(", ")}.`);
  Deno.exit(2);
}
const seeds = Array.from({ length: Number(flags.seeds) }, (_, index) => index + 1);

await useBackend("wasm");
for (const name of names) {
  const { settings, tasks, learners } = PARTS[name];
  const { hiddenSize, batchSize, maxUpdates } = settings;
  const started = performance.now();
  const runs = [];
  let engine = "";
  for (const { length, task } of tasks) {
    for (const [remedy, how] of Object.entries(learners)) {
      for (const seed of seeds) {
        const learner = await how.make(task, { hiddenSize, batchSize, seed });
        const run = await trainTask(learner, task, { maxUpdates, batchSize, seed });
        engine = learner.description;
        learner.dispose();
        runs.push({ remedy, length, seed, ...run });
      }
      const own = runs.slice(-seeds.length);
      const updates = own.map((run) => run.solved ? run.updates : "-").join(" ");
      console.log(`${task.name}, ${remedy}: solved at ${updates}`);
    }
  }
  await storeResult({
    name: `memory_${name.replaceAll("-", "_")}`,
    command: `deno task memory-tasks --parts ${name}`,
    settings: {
      ...settings,
      tasks: tasks.map(({ task }) => task.name),
      solvedBelow: tasks[0].task.solvedBelow,
      memorylessLoss: tasks.map(({ task }) => task.memorylessLoss),
      testEvery: 250,
      testSequences: 2000,
      networks: Object.fromEntries(
        Object.entries(learners).map(([network, how]) => [network, how.settings]),
      ),
    },
    seeds,
    engine,
    seconds: (performance.now() - started) / 1000,
    values: runs,
  });
}
