import { zeros } from "lib/models/initialisers.ts";
import {
  type RecurrentLanguageModel,
  recurrentLanguageModel,
} from "lib/models/recurrent_language_model.ts";
import type { WindowSchedule } from "lib/text/windows/window.ts";
import { assignAll, copies } from "lib/training/engines/tf_optimizer.ts";
import { train, type TrainOptions } from "lib/training/train.ts";
import type { NewModel } from "lib/training/train_new_model.ts";

/** A model of the same architecture with the same weights, to be changed without changing the first. */
export async function copyModel(model: RecurrentLanguageModel): Promise<RecurrentLanguageModel> {
  const { cell, hiddenSize, layerCount, biasesPerGate } = model.config;
  const copy = recurrentLanguageModel({
    ...{ cell, hiddenSize, layerCount, biasesPerGate, vocabulary: model.vocabulary },
    // Every weight is overwritten: nothing needs to be drawn.
    initialisers: { input: zeros(), recurrent: zeros(), output: zeros() },
    random: () => 0,
  });
  assignAll(copy.parameters, await copies(model.parameters));
  return copy;
}

/**
 * Trains a copy of a model on another text: fine-tuning of all weights. The given model stays as it is.
 *
 * The caller disposes of the copy. The optimiser starts afresh.
 *
 * @throws what `train` throws.
 */
export async function fineTune(
  model: RecurrentLanguageModel,
  { schedule, training }: { schedule: WindowSchedule; training: TrainOptions },
): Promise<NewModel> {
  const copy = await copyModel(model);
  const records = [];
  for await (const record of train(copy, schedule, training)) records.push(record);
  return { model: copy, records };
}
