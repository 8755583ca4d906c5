import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  toBinary,
} from "@bufbuild/protobuf";
import { modelProtoSchema } from "lib/inference/onnx_schema.ts";

/** `TensorProto.DataType` of the tensors we write. */
export const ElementType = { float: 1, int32: 6, int64: 7 } as const;

/** `AttributeProto.AttributeType` of the attributes we write. */
export const AttributeType = { float: 1, int: 2, ints: 7, strings: 8 } as const;

/** A named constant: numbers little-endian in `rawData`. */
export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly bigint[];
  readonly dataType: number;
  readonly rawData: Uint8Array;
}

/** An attribute of a node: a number, whole numbers, or strings in UTF-8. */
export interface OnnxAttribute {
  readonly name: string;
  readonly type: number;
  readonly f?: number;
  readonly i?: bigint;
  readonly ints?: readonly bigint[];
  readonly strings?: readonly Uint8Array[];
}

/** One operator. An empty input name leaves an optional input out. */
export interface OnnxNode {
  readonly name: string;
  readonly opType: string;
  readonly domain?: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly OnnxAttribute[];
}

/** One axis: a fixed length, or a name for a length that each run chooses. */
export interface OnnxDimension {
  readonly dimValue?: bigint;
  readonly dimParam?: string;
}

/** An input or output of the graph. */
export interface OnnxValue {
  readonly name: string;
  readonly type?: {
    readonly tensorType?: {
      readonly elemType: number;
      readonly shape?: { readonly dim: readonly OnnxDimension[] };
    };
  };
}

/** The computation: nodes in the order they can run in, and the constants they use. */
export interface OnnxGraph {
  readonly name: string;
  readonly node: readonly OnnxNode[];
  readonly initializer: readonly OnnxTensor[];
  readonly input: readonly OnnxValue[];
  readonly output: readonly OnnxValue[];
}

/** An ONNX file: `ModelProto` with the fields that we use. */
export interface OnnxModel {
  readonly irVersion: bigint;
  readonly producerName: string;
  readonly producerVersion: string;
  readonly docString: string;
  readonly opsetImport: readonly { readonly domain: string; readonly version: bigint }[];
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
  readonly graph?: OnnxGraph;
}

/** The bytes of an ONNX file. */
export function encodeOnnxModel(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const init = model as unknown as MessageInitShape<DescMessage>;
  return toBinary(modelProtoSchema, create(modelProtoSchema, init));
}

/**
 * Reads an ONNX file of any make.
 *
 * @throws {Error} if the bytes are cut short or are no ONNX file: no protocol buffer, or one without
 * an IR version, an operator set and a graph.
 */
export function decodeOnnxModel(bytes: Uint8Array): OnnxModel & { readonly graph: OnnxGraph } {
  let model: OnnxModel;
  try {
    model = fromBinary(modelProtoSchema, bytes) as unknown as OnnxModel;
  } catch (error) {
    throw new Error(
      `Cannot read an ONNX file: its ${bytes.length} bytes are cut short or none of the format ` +
        `(${(error as Error).message}).`,
      { cause: error },
    );
  }
  const { graph, irVersion, opsetImport } = model;
  if (!graph || irVersion === 0n || opsetImport.length === 0) {
    const missing = !graph ? "graph" : irVersion === 0n ? "IR version" : "operator set";
    throw new Error(
      `Cannot read an ONNX file: its ${bytes.length} bytes hold no ${missing}; ` +
        `the file is cut short or of another format.`,
    );
  }
  return model as OnnxModel & { readonly graph: OnnxGraph };
}
