import { IR_VERSION, OPERATOR_SET, recurrentGraph } from "lib/inference/onnx_graph.ts";
import {
  type OnnxMetadata,
  PRODUCER,
  PRODUCER_VERSION,
  writeMetadata,
} from "lib/inference/onnx_metadata.ts";
import { encodeOnnxModel } from "lib/inference/onnx_model.ts";
import { toOnnxParameters } from "lib/inference/onnx_parameters.ts";
import { readTensors } from "lib/kernels/read_tensor.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";

/** What a file says of the model's making. */
export type ExportOptions = Pick<OnnxMetadata, "tokenizerName" | "trainingRecord">;

/**
 * A recurrent language model as an ONNX file: official operators of set 17 (IR version 8), float32.
 *
 * See `recurrentGraph` for its inputs and outputs and `readMetadata` for what else it holds. The same
 * model gives the same bytes.
 *
 * @throws {Error} if the model is more than the recurrent network of its `config`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { exportOnnx } from "lib/inference/export_onnx.ts";
 * import { outputShapeOf } from "lib/inference/output_shape_of.ts";
 * import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
 * import { randomStream } from "lib/random/random_stream.ts";
 * import { lettersTokenizer } from "lib/text/letters_tokenizer.ts";
 * const { vocabulary } = lettersTokenizer();
 * const random = randomStream(1, "initial weights");
 * const model = recurrentLanguageModel({ vocabulary, cell: "gru", hiddenSize: 32, random });
 * assertEquals(outputShapeOf(await exportOnnx(model)), ["time", "batch", 28]);
 * ```
 */
export async function exportOnnx(
  model: TrainableModel,
  options: ExportOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { name, config, vocabulary, fusible } = model;
  if (!fusible) {
    throw new Error(`Cannot export ${name}: it is not just the recurrent network of its config.`);
  }
  const names = Object.keys(model.parameters);
  const arrays = await readTensors(Object.values(model.parameters));
  const values = Object.fromEntries(names.map((name, index) => [name, arrays[index]]));
  const graph = recurrentGraph(config);
  return encodeOnnxModel({
    irVersion: BigInt(IR_VERSION),
    producerName: PRODUCER,
    producerVersion: PRODUCER_VERSION,
    docString: `${name}: scores of the next of ${vocabulary.size} tokens at every time step`,
    opsetImport: [{ domain: "", version: BigInt(OPERATOR_SET) }],
    metadataProps: writeMetadata({ name, config, vocabulary, ...options }),
    graph: { ...graph, initializer: [...graph.initializer, ...toOnnxParameters(config, values)] },
  });
}
