import {
  clipFactor,
  globalNorm,
  type NamedArrays,
  updateArray,
} from "lib/kernels/reference/reference_optimizer.ts";
import { requireTraining } from "lib/kernels/training_settings.ts";
import { gaussian, glorot, type Initialiser, orthogonal } from "lib/models/initialisers.ts";
import { type Random, randomStream } from "lib/random/random_stream.ts";
import type { SequenceTask } from "lib/sources/sequence_task.ts";
import { type PathConfig, pathPass, pathShapes } from "lib/training/tasks/path_network.ts";
import type { LearnerTraining, TaskLearner } from "lib/training/tasks/task_learner.ts";
import { type TaskRun, trainTask, type TrainTaskOptions } from "lib/training/tasks/train_task.ts";

/** A tanh network with another path, and the draw of its recurrent matrices. */
export interface PathRemedy extends Omit<PathConfig, "hiddenSize"> {
  readonly recurrent: () => Initialiser;
}

const replaced = { carry: 0, branch: 1 };

/**
 * Remedies that give the gradient another path: the plain tanh network's input weights N(0, 0.1^2)
 * with a state that is added to, a skip over 8 steps (U and V half an orthogonal matrix each), or a
 * look back at every answer.
 */
export const pathRemedies = {
  "residual RNN": { carry: 1, branch: 0.1, recurrent: () => gaussian(0.1) },
  "skip over 8": { ...replaced, skip: 8, recurrent: () => orthogonal(0.5) },
  "tanh + attention": { ...replaced, attention: true, recurrent: () => gaussian(0.1) },
} as const satisfies Record<string, PathRemedy>;

/** How such remedies are trained in the study: as the plain network. */
export const pathTraining = {
  optimizer: { kind: "adam", learningRate: 1e-3 },
  maxGradientNorm: 1,
} as const;

/** A learner that applies a path remedy to a task, its weights drawn from a stream of the seed. */
export function pathRemedyLearner(
  { recurrent, ...config }: PathRemedy,
  task: SequenceTask,
  { hiddenSize, batchSize, seed }: { hiddenSize: number; batchSize: number; seed: number },
): TaskLearner {
  const random = randomStream(seed, "initial weights");
  const path = { ...config, hiddenSize };
  const parameters = drawPath(task, { ...path, recurrent: recurrent(), random });
  return pathLearner(task, path, { ...pathTraining, batchSize, parameters });
}

/** One run of a path remedy on a task, from its initial weights until it is solved or given up. */
export async function pathRemedyRun(
  remedy: PathRemedy,
  task: SequenceTask,
  options: { hiddenSize: number } & TrainTaskOptions,
): Promise<TaskRun> {
  return await trainTask(pathRemedyLearner(remedy, task, options), task, options);
}

/**
 * A learner of a path network from given parameters, which it updates in place.
 *
 * @throws {RangeError} if a setting makes no sense.
 */
export function pathLearner(
  task: SequenceTask,
  config: PathConfig,
  { parameters, optimizer, maxGradientNorm }: LearnerTraining & { parameters: NamedArrays },
): TaskLearner {
  requireTraining({ optimizer, maxGradientNorm });
  const like = () =>
    Object.fromEntries(
      Object.entries(parameters).map(([name, { length }]) => [name, new Float64Array(length)]),
    );
  const [moments, squares] = [like(), like()];
  let trainingStep = 0;
  return {
    description: "Plain TypeScript loops, float64.",
    trainStep(batch) {
      const pass = pathPass(task, config, { parameters, batch, withGradients: true });
      const gradients = pass.gradients!;
      const gradientNorm = globalNorm(gradients);
      trainingStep++;
      for (const [name, parameter] of Object.entries(parameters)) {
        updateArray(optimizer, {
          ...{ parameter, gradient: gradients[name], moment: moments[name] },
          ...{ square: squares[name], factor: clipFactor(gradientNorm, maxGradientNorm) },
          ...{ learningRate: optimizer.learningRate, trainingStep },
        });
      }
      return { loss: pass.loss, gradientNorm };
    },
    outputs: (batch) => pathPass(task, config, { parameters, batch, withGradients: false }).outputs,
    dispose() {},
  };
}

/** Initial values: inputs N(0, 0.1^2), recurrent and skip as told, attention and output by Glorot. */
export function drawPath(
  task: SequenceTask,
  options: PathConfig & { recurrent: Initialiser; random: Random },
): NamedArrays {
  const { recurrent, random } = options;
  const draws: Record<string, Initialiser> = {
    "layer0/inputWeights": gaussian(0.1),
    "layer0/recurrentWeights": recurrent,
    "layer0/skipWeights": recurrent,
    "attention/query": glorot(),
    "attention/key": glorot(),
    "output/weights": glorot(),
  };
  return Object.fromEntries(
    Object.entries(pathShapes(task, options)).map(([name, [rows, columns]]) => [
      name,
      Float64Array.from(draws[name]?.(rows, columns, random) ?? new Float64Array(rows * columns)),
    ]),
  );
}
