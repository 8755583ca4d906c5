import {
  createFileRegistry,
  type DescMessage,
  fromJson,
  type JsonObject,
} from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";

/**
 * The messages of `onnx.proto` that our networks need: field, number, type.
 *
 * Numbers and types are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. Enums are
 * given as int32 and the members of a `oneof` as optional fields, which are the same bytes. Fields that
 * are not named here are kept when a file is read, and written again as they were.
 */
const MESSAGES: Record<string, Record<string, string>> = {
  ModelProto: {
    ir_version: "1 int64",
    producer_name: "2 string",
    producer_version: "3 string",
    doc_string: "6 string",
    graph: "7 GraphProto",
    opset_import: "8 repeated OperatorSetIdProto",
    metadata_props: "14 repeated StringStringEntryProto",
  },
  OperatorSetIdProto: { domain: "1 string", version: "2 int64" },
  StringStringEntryProto: { key: "1 string", value: "2 string" },
  GraphProto: {
    node: "1 repeated NodeProto",
    name: "2 string",
    initializer: "5 repeated TensorProto",
    input: "11 repeated ValueInfoProto",
    output: "12 repeated ValueInfoProto",
  },
  NodeProto: {
    input: "1 repeated string",
    output: "2 repeated string",
    name: "3 string",
    op_type: "4 string",
    attribute: "5 repeated AttributeProto",
    domain: "7 string",
  },
  AttributeProto: {
    name: "1 string",
    f: "2 float",
    i: "3 int64",
    ints: "8 repeated int64",
    strings: "9 repeated bytes",
    type: "20 int32",
  },
  TensorProto: {
    dims: "1 repeated int64",
    data_type: "2 int32",
    name: "8 string",
    raw_data: "9 bytes",
  },
  ValueInfoProto: { name: "1 string", type: "2 TypeProto" },
  TypeProto: { tensor_type: "1 TypeProtoTensor" },
  TypeProtoTensor: { elem_type: "1 int32", shape: "2 TensorShapeProto" },
  TensorShapeProto: { dim: "1 repeated TensorShapeProtoDimension" },
  TensorShapeProtoDimension: { dim_value: "1 int64", dim_param: "2 string" },
};

/** Descriptor of `ModelProto`, the message that an ONNX file is. */
export const modelProtoSchema: DescMessage = createFileRegistry(
  fromJson(FileDescriptorProtoSchema, {
    name: "onnx.proto",
    package: "onnx",
    syntax: "proto2",
    messageType: Object.entries(MESSAGES).map(([name, fields]) => ({
      name,
      field: Object.entries(fields).map(([field, declaration]) => describe(field, declaration)),
    })),
  }),
  () => undefined,
).getMessage("onnx.ModelProto")!;

function describe(name: string, declaration: string): JsonObject {
  const words = declaration.split(" ");
  const type = words.at(-1)!;
  return {
    name,
    number: Number(words[0]),
    label: words.includes("repeated") ? "LABEL_REPEATED" : "LABEL_OPTIONAL",
    ...(type in MESSAGES
      ? { type: "TYPE_MESSAGE", typeName: `.onnx.${type}` }
      : { type: `TYPE_${type.toUpperCase()}` }),
  };
}
