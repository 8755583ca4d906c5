import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import { generatedText, type GeneratedTextOptions } from "lib/probes/writing/words.ts";
import type { Random } from "lib/random/random_stream.ts";
import type { WindowSchedule } from "lib/text/windows/window.ts";
import { train, type TrainOptions } from "lib/training/train.ts";

/** What is trained, and how it is asked to write between updates. */
export interface NonWordsDuringTrainingOptions {
  readonly training: TrainOptions;
  readonly schedule: WindowSchedule;
  /** A fresh stream per text, so that all texts are drawn with the same numbers. */
  readonly random: () => Random;
  readonly writing: Omit<GeneratedTextOptions, "random">;
}

/**
 * Trains a model and has it write a text at every training record: the share of unknown words it
 * writes, by training step.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function nonWordsDuringTraining(
  model: AnyTrainableModel,
  { training, schedule, random, writing }: NonWordsDuringTrainingOptions,
): Promise<{ x: number; y: number }[]> {
  const points = [];
  const run = train(model, schedule, { ...training, onStopRequest: "throw" });
  for await (const { trainingStep } of run) {
    const { nonWordShare } = await generatedText(model, { ...writing, random: random() });
    points.push({ x: trainingStep, y: nonWordShare });
  }
  return points;
}
