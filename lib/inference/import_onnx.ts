import { type OnnxFile, readOnnxFile } from "lib/inference/read_onnx_file.ts";
import { zeros } from "lib/models/initialisers.ts";
import {
  type RecurrentLanguageModel,
  recurrentLanguageModel,
} from "lib/models/recurrent_language_model.ts";
import { assignAll } from "lib/training/tf_optimizer.ts";

/** A model out of a file, and what the file says of its making. */
export interface ImportedModel extends Pick<OnnxFile, "tokenizerName" | "trainingRecord"> {
  /** Trainable, with the bits of the model that was exported. The caller disposes of it. */
  readonly model: RecurrentLanguageModel;
}

/**
 * A trainable model from an ONNX file that `exportOnnx` wrote: the same parameters, bit for bit.
 *
 * @throws {Error} saying why, if the file cannot be imported; see `readOnnxFile`.
 */
export function importOnnx(bytes: Uint8Array): ImportedModel {
  const { config, name, vocabulary, parameters, tokenizerName, trainingRecord } = readOnnxFile(
    bytes,
  );
  const { cell, hiddenSize, layerCount, biasesPerGate } = config;
  const model = recurrentLanguageModel({
    vocabulary,
    cell,
    hiddenSize,
    layerCount,
    biasesPerGate,
    initialisers: { input: zeros(), recurrent: zeros(), output: zeros() },
    random: () => 0,
  });
  assignAll(model.parameters, parameters);
  return { model: { ...model, name }, tokenizerName, trainingRecord };
}
