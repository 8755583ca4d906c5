import type { CellKind } from "lib/kernels/network_config.ts";
import { glorot, type Initialiser } from "lib/models/initialisers.ts";
import {
  type RecurrentLanguageModel,
  recurrentLanguageModel,
} from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";
import type { WindowSchedule } from "lib/text/windows/window.ts";
import { train } from "lib/training/train.ts";
import type { TrainingRecord } from "lib/training/training_record.ts";

/** The network and the training that are repeated for every threshold and seed. */
export interface ClippingStudyOptions {
  readonly vocabulary: Vocabulary;
  readonly schedule: WindowSchedule;
  readonly cell: CellKind;
  readonly hiddenSize: number;
  readonly recurrent: Initialiser;
  readonly learningRate: number;
  readonly trainingSteps: number;
  /** A run whose final loss is not below this, or is no number, has diverged: the unigram's loss. */
  readonly divergedAboveNats: number;
}

/** One run with one threshold. */
export interface ClippingRun {
  /** Infinity: no clipping. */
  readonly maxGradientNorm: number;
  readonly seed: number;
  /** Mean loss over the last tenth of the updates; Infinity where it stopped being a number. */
  readonly finalLossNats: number;
  readonly diverged: boolean;
  readonly clippedShare: number;
  /** Of the mean norms over each tenth of the run. */
  readonly largestGradientNorm: number;
}

/**
 * Trains one network with SGD and a clipping threshold, from the weights and in the order of its seed.
 *
 * @param options.inspect is given the trained model before it is disposed of
 * @throws {StoppedError} if Stop was pressed.
 */
export async function clippingRun(
  options: ClippingStudyOptions & {
    maxGradientNorm: number;
    seed: number;
    inspect?: (model: RecurrentLanguageModel) => void;
  },
): Promise<ClippingRun> {
  const { vocabulary, cell, hiddenSize, recurrent, trainingSteps, maxGradientNorm, seed } = options;
  const model = recurrentLanguageModel({
    vocabulary,
    cell,
    hiddenSize,
    initialisers: { input: glorot(), recurrent, output: glorot() },
    random: randomStream(seed, "initial weights"),
  });
  const run = train(model, options.schedule, {
    optimizer: { kind: "sgd", learningRate: options.learningRate },
    maxGradientNorm: Number.isFinite(maxGradientNorm) ? maxGradientNorm : undefined,
    trainingSteps,
    recordEvery: Math.max(1, Math.floor(trainingSteps / 10)),
    ...{ onNonFiniteLoss: "stop", onStopRequest: "throw" },
    threads: 1,
  });
  const records: TrainingRecord[] = [];
  try {
    for await (const record of run) records.push(record);
    options.inspect?.(model);
  } finally {
    model.dispose();
  }
  const last = records[records.length - 1];
  const finalLossNats = Number.isFinite(last.lossNats) ? last.lossNats : Infinity;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    maxGradientNorm,
    seed,
    finalLossNats,
    diverged: !(finalLossNats < options.divergedAboveNats),
    clippedShare: mean(records.map((record) => record.clippedShare)),
    largestGradientNorm: Math.max(...records.map((record) => record.gradientNorm)),
  };
}

/**
 * All thresholds times all seeds, in that order.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function clippingStudy(
  options: ClippingStudyOptions & { thresholds: readonly number[]; seeds: readonly number[] },
): Promise<ClippingRun[]> {
  const runs: ClippingRun[] = [];
  for (const maxGradientNorm of options.thresholds) {
    for (const seed of options.seeds) {
      runs.push(await clippingRun({ ...options, maxGradientNorm, seed }));
    }
  }
  return runs;
}
