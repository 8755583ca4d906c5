import { assertEquals, assertThrows } from "@std/assert";
import { decodeOnnxModel, encodeOnnxModel, type OnnxModel } from "lib/inference/onnx_model.ts";
import { foreignFile } from "./onnx_cases.ts";

const smallest: OnnxModel = {
  irVersion: 8n,
  producerName: "",
  producerVersion: "",
  docString: "",
  opsetImport: [{ domain: "", version: 17n }],
  metadataProps: [],
  graph: { name: "g", node: [], initializer: [], input: [], output: [] },
};

Deno.test("encodeOnnxModel() writes a file that can be written by hand", () => {
  const graph = [58, 3, 18, 1, 103]; // field 7, 3 bytes: field 2, 1 byte, "g"
  const operatorSet = [66, 4, 10, 0, 16, 17]; // field 8, 4 bytes: domain "", version 17
  assertEquals([...encodeOnnxModel(smallest)], [
    ...[8, 8, 18, 0, 26, 0, 50, 0],
    ...graph,
    ...operatorSet,
  ]);
});

Deno.test("decodeOnnxModel() reads a file of the ONNX project's making, fields we do not know among it", () => {
  const { graph, opsetImport, producerName, irVersion } = decodeOnnxModel(foreignFile);
  assertEquals([producerName, opsetImport[0].version, irVersion > 8n], ["onnx-example", 20n, true]);
  assertEquals(graph.node.map(({ opType }) => opType), ["Gather"]);
  assertEquals(graph.node[0].input, ["table", "ids"]);
  assertEquals(graph.initializer[0].dims, [3n, 2n]);
});

Deno.test("encodeOnnxModel() writes what was read with the fields we do not know", () => {
  assertEquals(encodeOnnxModel(decodeOnnxModel(foreignFile)).length, foreignFile.length);
});

Deno.test("decodeOnnxModel() refuses what is cut short, empty, or another format", () => {
  const bytes = encodeOnnxModel(smallest);
  for (let length = 0; length < bytes.length; length++) {
    assertThrows(() => decodeOnnxModel(bytes.subarray(0, length)), Error, "Cannot read an ONNX");
  }
  assertThrows(() => decodeOnnxModel(new Uint8Array(0)), Error, "its 0 bytes hold no graph");
  const text = new TextEncoder().encode("<!doctype html><p>Not found");
  assertThrows(() => decodeOnnxModel(text), Error, "Cannot read an ONNX file");
  const { graph: _, ...headless } = smallest;
  assertThrows(() => decodeOnnxModel(encodeOnnxModel(headless)), Error, "hold no graph");
  const timeless = encodeOnnxModel({ ...smallest, opsetImport: [] });
  assertThrows(() => decodeOnnxModel(timeless), Error, "hold no operator set");
});
