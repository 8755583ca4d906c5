import { isTransformer } from "lib/inference/onnx_architecture.ts";
import type { OnnxRunner } from "lib/inference/onnx_runner.ts";
import { type SessionOptions, startOnnxSession } from "lib/inference/onnx_session.ts";
import type { OnnxFile } from "lib/inference/onnx_file_content.ts";
import { readOnnxFile } from "lib/inference/read_onnx_file.ts";
import { recurrentRunner } from "lib/inference/recurrent_runner.ts";
import { transformerRunner } from "lib/inference/transformer_runner.ts";
import type { LanguageModel } from "lib/models/language_model.ts";

// deno-lint-ignore no-explicit-any -- a state is opaque to all but the model that made it
type Runner = OnnxRunner<any>;

/** A language model that ONNX Runtime computes. A recurrent one has the states of the native models. */
export interface OnnxLanguageModel
  extends LanguageModel, Runner, Pick<OnnxFile, "config" | "tokenizerName" | "trainingRecord"> {
  step: Runner["step"];
  tokenLosses: Runner["tokenLosses"];
  /** What computes, for the record. */
  readonly description: string;
  /** Lets go of the network's memory; every later call rejects. */
  dispose(): Promise<void>;
}

/**
 * A language model out of an ONNX file that `exportOnnx` wrote, run by ONNX Runtime on the CPU.
 *
 * @throws {Error} saying why, if the file cannot be read (see `readOnnxFile`) or the runtime cannot start
 * with that many threads.
 */
export async function onnxLanguageModel(
  bytes: Uint8Array,
  options: SessionOptions = {},
): Promise<OnnxLanguageModel> {
  const { config, vocabulary, tokenizerName, trainingRecord, ...file } = readOnnxFile(bytes);
  const { session, description } = await startOnnxSession(bytes, options);
  const name = `${file.name} (ONNX)`;
  const runner = isTransformer(config)
    ? transformerRunner({ name, config, vocabulary, session })
    : recurrentRunner({ name, config, vocabulary, session });
  return {
    ...runner,
    name,
    vocabulary,
    config,
    tokenizerName,
    trainingRecord,
    description,
    dispose: () => session.release(),
  };
}
