import type { MemoryRecipe, MemoryStudy } from "lib/experiments/memory_study.ts";
import { addingTask } from "lib/sources/adding_task.ts";
import { copyingTask } from "lib/sources/copying_task.ts";
import type { SequenceTask } from "lib/sources/sequence_task.ts";
import { temporalOrderTask } from "lib/sources/temporal_order_task.ts";
import {
  memoryRemedies,
  type MemoryRemedy,
  type MemoryRemedyName,
  remedyLearner,
  rerunRemedies,
  tanhOfGain,
} from "lib/training/tasks/memory_remedies.ts";
import { pathRemedies, pathRemedyLearner, pathTraining } from "lib/training/tasks/path_learner.ts";
import { tensorRemedies, tensorRemedyLearner } from "lib/training/tasks/tensor_remedies.ts";

const at = (make: (length: number) => SequenceTask, lengths: readonly number[]) =>
  lengths.map((length) => ({ length, task: make(length) }));
const fused = (remedies: Record<string, MemoryRemedy>) =>
  Object.fromEntries(
    Object.entries(remedies).map(([name, remedy]): [string, MemoryRecipe] => [name, {
      settings: remedy,
      make: (task, sizes) => remedyLearner(remedy, task, sizes),
    }]),
  );
const only = (...names: MemoryRemedyName[]) =>
  fused(Object.fromEntries(names.map((name) => [name, memoryRemedies[name]])));
const again = (...names: (keyof typeof rerunRemedies)[]) =>
  fused(Object.fromEntries(names.map((name) => [name, rerunRemedies[name]])));
const slow = Object.fromEntries(
  Object.entries(tensorRemedies).map(([name, build]): [string, MemoryRecipe] => [name, {
    settings: { optimizer: { kind: "adam", learningRate: 1e-3 }, maxGradientNorm: 1 },
    // The others are quicker, and tried further, in plain loops: path-lengths.
    longest: ["causal transformer", "tanh + additive attention"].includes(name) ? 160 : 40,
    make: (task, sizes) => tensorRemedyLearner(build, task, sizes),
  }]),
);
const paths = Object.fromEntries(
  Object.entries(pathRemedies).map(([name, remedy]): [string, MemoryRecipe] => [name, {
    settings: { ...remedy, ...pathTraining },
    make: (task, sizes) => pathRemedyLearner(remedy, task, sizes),
  }]),
);
const GAINS = [0.5, 0.75, 1, 1.25, 1.5, 2];
const quickly = { hiddenSize: 50, batchSize: 32 };
const smallCopying = (delay: number) => copyingTask(delay, { symbols: 4, recalled: 3 });
const published = [
  "GRU",
  "LSTM, forget bias 1",
  "relu, identity (IRNN)",
  "tanh, orthogonal",
  "tanh, Gaussian 0.1",
] as const;

/** The parts of the study, by name. */
export const memoryParts: Readonly<Record<string, MemoryStudy>> = {
  "lengths": {
    settings: { ...quickly, maxUpdates: 1000 },
    tasks: at(temporalOrderTask, [20, 40, 80, 160]),
    learners: fused(memoryRemedies),
  },
  "adding-lengths": {
    settings: { ...quickly, maxUpdates: 2000, untilNoneSolves: true },
    tasks: at(addingTask, [10, 25, 50]),
    learners: fused(memoryRemedies),
  },
  "copying-lengths": {
    settings: { ...quickly, maxUpdates: 4000, untilNoneSolves: true },
    tasks: at(smallCopying, [5, 10, 20]),
    learners: fused(memoryRemedies),
  },
  "phase": {
    settings: { ...quickly, maxUpdates: 1000 },
    tasks: at(temporalOrderTask, [10, 20, 40, 80]),
    learners: fused(Object.fromEntries(GAINS.map((gain) => [String(gain), tanhOfGain(gain)]))),
  },
  "adding": {
    settings: { hiddenSize: 64, batchSize: 64, maxUpdates: 5000 },
    tasks: at(addingTask, [50]),
    learners: only(...published),
  },
  "adding-orthogonal": {
    settings: { hiddenSize: 64, batchSize: 64, maxUpdates: 5000 },
    tasks: at(addingTask, [50]),
    learners: again(
      "GRU orthogonal, not clipped",
      "LSTM orthogonal, bias 1, not clipped",
      "tanh, orthogonal, Glorot input, not clipped",
      "tanh, Gaussian 0.1, not clipped",
      "GRU orthogonal",
      "LSTM orthogonal, bias 1",
      "tanh, orthogonal, Glorot input",
      "tanh, orthogonal, one bias, not clipped",
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
    learners: again("LSTM orthogonal, bias 1", "LSTM orthogonal, bias 0"),
  },
  "copying": {
    settings: { hiddenSize: 64, batchSize: 32, maxUpdates: 2000 },
    tasks: at(copyingTask, [10]),
    learners: only(...published),
  },
  "path-lengths": {
    settings: { ...quickly, maxUpdates: 1000, untilNoneSolves: true },
    tasks: at(temporalOrderTask, [20, 40, 80, 160]),
    learners: paths,
  },
  "adding-paths": {
    settings: { ...quickly, maxUpdates: 2000, untilNoneSolves: true },
    tasks: at(addingTask, [10, 25, 50]),
    learners: paths,
  },
  "copying-paths": {
    settings: { ...quickly, maxUpdates: 2000, untilNoneSolves: true },
    tasks: at(smallCopying, [5, 10]),
    learners: paths,
  },
  "paths": {
    settings: { ...quickly, maxUpdates: 1000 },
    tasks: at(temporalOrderTask, [20, 40, 80, 160]),
    learners: slow,
  },
};
