import { assertEquals } from "@std/assert";
import { create, toBinary } from "@bufbuild/protobuf";
import { modelProtoSchema } from "lib/inference/onnx_schema.ts";

Deno.test("modelProtoSchema is ModelProto, its fields under their numbers in onnx.proto", () => {
  assertEquals(modelProtoSchema.typeName, "onnx.ModelProto");
  const numbers = modelProtoSchema.fields.map(({ name, number }) => `${name} ${number}`);
  assertEquals(numbers, [
    "ir_version 1",
    "producer_name 2",
    "producer_version 3",
    "doc_string 6",
    "graph 7",
    "opset_import 8",
    "metadata_props 14",
  ]);
});

Deno.test("modelProtoSchema writes the bytes of the wire format: tag, then varint or length and text", () => {
  const message = create(modelProtoSchema, { irVersion: 300n, producerName: "é" });
  assertEquals([...toBinary(modelProtoSchema, message)], [8, 0xac, 2, 18, 2, 0xc3, 0xa9]);
});
