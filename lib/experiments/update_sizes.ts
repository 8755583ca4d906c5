import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import type { OptimizerSettings } from "lib/kernels/sequence_network.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";
import type { IdWindow, WindowSchedule } from "lib/text/windows/window.ts";
import { trainingLoop } from "lib/training/training_loop.ts";

/** How large gradients and updates are in one group of parameters, each per number. */
export interface GroupUpdate {
  /** A parameter's canonical name. */
  readonly group: string;
  /** Root mean square of the gradient, averaged over the steps. */
  readonly gradient: number;
  /** Root mean square of the update. */
  readonly update: number;
}

/** What a training run did to each group, and where it ended. */
export interface UpdateSizes {
  readonly groups: readonly GroupUpdate[];
  /** Mean loss over the last tenth of the steps; Infinity if it was no longer a number. */
  readonly finalLossNats: number;
}

/** Reading all parameters takes longer than a step: gradients and updates are read at every fifth. */
const MEASURED_EVERY = 5;

/** How the copy is trained. */
export interface UpdateSizesOptions {
  readonly optimizer: OptimizerSettings;
  readonly maxGradientNorm?: number;
  readonly trainingSteps: number;
}

/**
 * Trains a copy of a model and measures, group by group, gradients (before clipping) and updates.
 *
 * SGD's update is the gradient times a constant, so its groups differ as their gradients do; RMSprop
 * and Adam divide each by its own running size.
 *
 * @throws {Error} if the model is not one the fused kernels know.
 * @throws {StoppedError} if Stop was pressed.
 */
export async function updateSizes(
  model: TrainableModel,
  schedule: WindowSchedule,
  options: UpdateSizesOptions,
): Promise<UpdateSizes> {
  if (!model.fusible) throw new Error(`Cannot measure ${model.name}: the kernels do not know it.`);
  const { optimizer, maxGradientNorm, trainingSteps } = options;
  const network = await createFusedNetwork({
    ...{ config: model.config, ...schedule.largestWindow, optimizer, maxGradientNorm },
    threads: 1,
  });
  const start = Object.entries(model.parameters).map(([name, value]) => [name, value.dataSync()]);
  network.setParameters(Object.fromEntries(start));
  const sums = new Map(start.map(([name]) => [name as string, { gradient: 0, update: 0 }]));
  let lossSum = 0;
  let measured = 0;
  const lastTenth = Math.ceil(trainingSteps / 10);
  const measuredStep = (window: IdWindow) => {
    const before = network.parameters();
    const result = network.trainStep(window);
    measured++;
    const after = network.parameters();
    const gradients = network.gradients();
    for (const [name, sum] of sums) {
      sum.gradient += rootMeanSquare(gradients[name]);
      const moved = after[name].map((value, i) => value - before[name][i]);
      sum.update += rootMeanSquare(moved);
    }
    return result;
  };
  const trainable = {
    trainStep: ({ step, window }: { step: number; window: IdWindow }) =>
      step % MEASURED_EVERY === 0 ? measuredStep(window) : network.trainStep(window),
  };
  // A run that diverges is a finding here: its last loss is then no number.
  const loop = trainingLoop(trainable, {
    batchAt: (step) => ({ step, window: schedule.window(step) }),
    ...{ trainingSteps, onNonFiniteLoss: "continue" },
  });
  try {
    for await (const { trainingStep, result } of loop) {
      if (trainingStep > trainingSteps - lastTenth) lossSum += result.loss;
    }
  } finally {
    network.dispose();
  }
  const finalLossNats = lossSum / lastTenth;
  return {
    groups: [...sums].map(([group, { gradient, update }]) => ({
      group,
      gradient: gradient / measured,
      update: update / measured,
    })),
    finalLossNats: Number.isFinite(finalLossNats) ? finalLossNats : Infinity,
  };
}

/**
 * The same for a tanh network of each seed, drawn orthogonal.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function updateSizesOfSeeds(
  { vocabulary, hiddenSize, schedule, seeds }: {
    vocabulary: Vocabulary;
    hiddenSize: number;
    schedule: WindowSchedule;
    seeds: readonly number[];
  },
  options: UpdateSizesOptions,
): Promise<UpdateSizes[]> {
  const runs: UpdateSizes[] = [];
  for (const seed of seeds) {
    const random = randomStream(seed, "initial weights");
    const model = recurrentLanguageModel({ vocabulary, cell: "rnn-tanh", hiddenSize, random });
    try {
      runs.push(await updateSizes(model, schedule, options));
    } finally {
      model.dispose();
    }
  }
  return runs;
}

/** Largest over smallest size among the groups: 1 if all move alike. */
export function spreadOf(
  groups: readonly GroupUpdate[],
  quantity: "gradient" | "update",
): number {
  const sizes = groups.map((group) => group[quantity]);
  return Math.max(...sizes) / Math.min(...sizes);
}

function rootMeanSquare(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
