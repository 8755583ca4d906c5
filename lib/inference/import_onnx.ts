import { isTransformer, type OnnxConfig } from "lib/inference/onnx_architecture.ts";
import type { OnnxFile } from "lib/inference/onnx_file_content.ts";
import { readOnnxFile } from "lib/inference/read_onnx_file.ts";
import {
  type CausalTransformer,
  causalTransformer,
} from "lib/models/transformer/causal_transformer.ts";
import { zeros } from "lib/models/initialisers.ts";
import {
  type RecurrentLanguageModel,
  recurrentLanguageModel,
} from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { assignAll } from "lib/training/engines/tf_optimizer.ts";

/** A model out of a file, and what the file says of its making. */
export interface ImportedModel extends Pick<OnnxFile, "tokenizerName" | "trainingRecord"> {
  /** Trainable, with the bits of the model that was exported. The caller disposes of it. */
  readonly model: RecurrentLanguageModel | CausalTransformer;
}

/**
 * A trainable model from an ONNX file that `exportOnnx` wrote: the same parameters, bit for bit.
 *
 * @throws {Error} saying why, if the file cannot be imported; see `readOnnxFile`.
 */
export function importOnnx(bytes: Uint8Array): ImportedModel {
  const file = readOnnxFile(bytes);
  const model = modelOf(file.config, file.vocabulary);
  assignAll(model.parameters, file.parameters);
  const { name, tokenizerName, trainingRecord } = file;
  return { model: { ...model, name }, tokenizerName, trainingRecord };
}

function modelOf(config: OnnxConfig, vocabulary: Vocabulary): ImportedModel["model"] {
  if (isTransformer(config)) {
    const { vocabularySize: _, ...sizes } = config;
    return causalTransformer({ ...sizes, vocabulary, random: randomStream(0, "overwritten") });
  }
  const { cell, hiddenSize, layerCount, biasesPerGate } = config;
  return recurrentLanguageModel({
    vocabulary,
    ...{ cell, hiddenSize, layerCount, biasesPerGate },
    initialisers: { input: zeros(), recurrent: zeros(), output: zeros() },
    random: () => 0,
  });
}
