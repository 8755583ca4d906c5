import {
  type RecurrentLanguageModel,
  recurrentLanguageModel,
} from "lib/models/recurrent_language_model.ts";
import { zeros } from "lib/models/initialisers.ts";
import type * as tf from "@tensorflow/tfjs";

/**
 * A copy of a model whose recurrent matrices U are 0, everything else as it is.
 *
 * A vanilla RNN then knows its last input only. A GRU and an LSTM still carry a state: their update and
 * forget gates keep a share of it past every matrix. The caller disposes of the copy.
 */
export function withoutRecurrence(model: RecurrentLanguageModel): RecurrentLanguageModel {
  const { cell, hiddenSize, layerCount, biasesPerGate } = model.config;
  const copy = recurrentLanguageModel({
    vocabulary: model.vocabulary,
    cell,
    hiddenSize,
    layerCount,
    biasesPerGate,
    initialisers: { input: zeros(), recurrent: zeros(), output: zeros() },
    random: () => 0,
  });
  for (const [name, variable] of Object.entries(copy.parameters)) {
    if (!name.endsWith("/recurrentWeights")) variable.assign(model.parameters[name] as tf.Variable);
  }
  return { ...copy, name: `${model.name}, U = 0` };
}
