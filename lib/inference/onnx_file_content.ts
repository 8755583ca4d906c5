import { architectureOf } from "lib/inference/onnx_architecture.ts";
import {
  IR_VERSION,
  type OnnxMetadata,
  OPERATOR_SET,
  PRODUCER,
  PRODUCER_VERSION,
  writeMetadata,
} from "lib/inference/onnx_metadata.ts";
import type { OnnxGraph, OnnxModel } from "lib/inference/onnx_model.ts";
import type { ParameterValues } from "lib/inference/onnx_parameters.ts";

/** What a file of ours holds. */
export interface OnnxFile extends OnnxMetadata {
  /** By canonical name, in our layout. */
  readonly parameters: ParameterValues;
}

/**
 * The one content that a file of those settings and parameters has; `encodeOnnxModel` gives its bytes.
 *
 * @throws {RangeError} if a size makes no sense.
 */
export function onnxFileContent(file: OnnxFile): OnnxModel & { readonly graph: OnnxGraph } {
  const { name, config, vocabulary, parameters } = file;
  const architecture = architectureOf(config);
  const graph = architecture.graph();
  const initializer = [...graph.initializer, ...architecture.toConstants(parameters)];
  return {
    irVersion: BigInt(IR_VERSION),
    producerName: PRODUCER,
    producerVersion: PRODUCER_VERSION,
    docString: `${name}: scores of the next of ${vocabulary.size} tokens at every time step`,
    opsetImport: [{ domain: "", version: BigInt(OPERATOR_SET) }],
    metadataProps: writeMetadata(file),
    graph: { ...graph, initializer },
  };
}
