import type { CellKind } from "lib/kernels/network_config.ts";
import {
  type RecurrentLanguageModel,
  recurrentLanguageModel,
  type RecurrentLanguageModelOptions,
} from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";
import type { WindowSchedule } from "lib/text/windows/window.ts";
import { train, type TrainOptions } from "lib/training/train.ts";
import type { TrainingRecord } from "lib/training/training_record.ts";

/** What to train, on what, and for how long. */
export interface NewModelOptions
  extends Omit<RecurrentLanguageModelOptions, "vocabulary" | "cell" | "random"> {
  readonly vocabulary: Vocabulary;
  readonly cell: CellKind;
  readonly schedule: WindowSchedule;
  readonly training: TrainOptions;
  /** Of the initial weights. */
  readonly seed: number;
}

/** A trained model and the records of its training. */
export interface NewModel {
  readonly model: RecurrentLanguageModel;
  readonly records: readonly TrainingRecord[];
}

/**
 * Makes a recurrent language model and trains it: one run among many, where no curve is watched.
 *
 * The caller disposes of the model. The weights come from the stream "initial weights" of the seed.
 *
 * @throws what `recurrentLanguageModel` and `train` throw; the model is then disposed of.
 * @throws {StoppedError} if Stop was pressed: half a run is no result.
 */
export async function trainNewModel(options: NewModelOptions): Promise<NewModel> {
  const { schedule, training, seed, ...architecture } = options;
  const random = randomStream(seed, "initial weights");
  const model = recurrentLanguageModel({ ...architecture, random });
  const records: TrainingRecord[] = [];
  try {
    const run = train(model, schedule, { ...training, onStopRequest: "throw" });
    for await (const record of run) records.push(record);
    return { model, records };
  } catch (error) {
    model.dispose();
    throw error;
  }
}
