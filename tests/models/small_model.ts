import type { CellKind, NetworkConfig } from "lib/kernels/network_config.ts";
import { gaussian } from "lib/models/initialisers.ts";
import {
  type RecurrentLanguageModel,
  recurrentLanguageModel,
} from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { createVocabulary, type Vocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { assignAll } from "lib/training/engines/tf_optimizer.ts";

/** All cells there are. */
export const cellKinds: readonly CellKind[] = [
  "rnn-tanh",
  "rnn-relu",
  "rnn-sigmoid",
  "gru",
  "lstm",
];

/** The first letters of the alphabet as tokens. */
export function lettersVocabulary(size: number): Vocabulary {
  return createVocabulary([..."abcdefghijklmnopqrstuvwxyz"].slice(0, size));
}

/** A language model over 7 letters with 5 units and weights large enough to matter. */
export function smallModel(
  cell: CellKind,
  options: Partial<Pick<NetworkConfig, "layerCount" | "biasesPerGate">> & {
    standardDeviation?: number;
    seed?: number;
  } = {},
): RecurrentLanguageModel {
  const { standardDeviation = 0.5, seed = 1, ...sizes } = options;
  const initialiser = gaussian(standardDeviation);
  return recurrentLanguageModel({
    vocabulary: lettersVocabulary(7),
    cell,
    hiddenSize: 5,
    initialisers: { input: initialiser, recurrent: initialiser, output: initialiser },
    random: randomStream(seed, "initial weights"),
    ...sizes,
  });
}

/** A model of the given sizes with the given parameters. */
export function modelWith(
  config: NetworkConfig,
  parameters: Record<string, ArrayLike<number>>,
): RecurrentLanguageModel {
  const { cell, hiddenSize, layerCount, biasesPerGate, inputSize } = config;
  const model = recurrentLanguageModel({
    vocabulary: lettersVocabulary(inputSize),
    cell,
    hiddenSize,
    layerCount,
    biasesPerGate,
    random: randomStream(1, "overwritten"),
  });
  assignAll(model.parameters, parameters);
  return model;
}

/** Ids drawn from the first `vocabularySize` tokens. */
export function randomIds(length: number, vocabularySize = 7): Int32Array {
  const random = randomStream(5, "ids");
  return Int32Array.from({ length }, () => Math.floor(random() * vocabularySize));
}
