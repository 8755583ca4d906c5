import { architectureOf, isTransformer } from "lib/inference/onnx_architecture.ts";
import { onnxFileContent } from "lib/inference/onnx_file_content.ts";
import type { OnnxMetadata } from "lib/inference/onnx_metadata.ts";
import { encodeOnnxModel } from "lib/inference/onnx_model.ts";
import { readTensors } from "lib/kernels/read_tensor.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";

/** What a file says of the model's making. */
export type ExportOptions = Pick<OnnxMetadata, "tokenizerName" | "trainingRecord">;

/** Whether there is a graph for such a model: it is recurrent, or a causal transformer, and nothing more. */
export function isExportable({ fusible, config }: AnyTrainableModel): boolean {
  return fusible || isTransformer(config);
}

/**
 * A recurrent or causal transformer language model as an ONNX file: official operators of set 17 (IR
 * version 8), float32.
 *
 * See `recurrentGraph` and `transformerGraph` for its inputs and outputs and `readMetadata` for what else
 * it holds. The same model gives the same bytes.
 *
 * @throws {Error} if the model is more than, or other than, the network of its `config`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { exportOnnx } from "lib/inference/export_onnx.ts";
 * import { outputShapeOf } from "lib/inference/output_shape_of.ts";
 * import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
 * import { randomStream } from "lib/random/random_stream.ts";
 * import { lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";
 * const { vocabulary } = lettersTokenizer();
 * const random = randomStream(1, "initial weights");
 * const model = recurrentLanguageModel({ vocabulary, cell: "gru", hiddenSize: 32, random });
 * assertEquals(outputShapeOf(await exportOnnx(model)), ["time", "batch", 28]);
 * ```
 */
export async function exportOnnx(
  model: AnyTrainableModel,
  options: ExportOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { name, config, vocabulary } = model;
  const names = Object.keys(model.parameters);
  const refuse = () => {
    throw new Error(`Cannot export ${name}: it is not just the network of its config.`);
  };
  if (!isExportable(model)) refuse();
  if (names.join() !== Object.keys(architectureOf(config).parameterShapes).join()) refuse();
  const arrays = await readTensors(Object.values(model.parameters));
  const parameters = Object.fromEntries(names.map((name, index) => [name, arrays[index]]));
  return encodeOnnxModel(onnxFileContent({ name, config, vocabulary, parameters, ...options }));
}
