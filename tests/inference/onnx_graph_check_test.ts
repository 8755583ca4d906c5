import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { exportOnnx } from "lib/inference/export_onnx.ts";
import { importOnnx } from "lib/inference/import_onnx.ts";
import { onnxLanguageModel } from "lib/inference/onnx_language_model.ts";
import { encodeOnnxModel, type OnnxTensor } from "lib/inference/onnx_model.ts";
import { int64Tensor, realScalar, realTensor } from "lib/inference/onnx_tensor.ts";
import { readOnnxFile } from "lib/inference/read_onnx_file.ts";
import { useBackend } from "lib/kernels/backend.ts";
import { cellKinds, randomIds } from "../models/small_model.ts";
import { exportModel, exportTransformer, plainModel, smallCase } from "./onnx_cases.ts";

await useBackend("wasm");

const models = [...cellKinds.map((cell) => exportModel(smallCase(cell))), exportTransformer()];
const files: Uint8Array<ArrayBuffer>[] = [];
for (const model of models) {
  files.push(await exportOnnx(model));
  model.dispose();
}
const [lstmFile, gptFile] = files.slice(-2);

function withConstants(
  file: Uint8Array,
  change: (tensors: readonly OnnxTensor[]) => readonly OnnxTensor[],
): Uint8Array {
  const { graph, ...rest } = plainModel(file);
  return encodeOnnxModel({ ...rest, graph: { ...graph, initializer: change(graph.initializer) } });
}

function withMetadata(file: Uint8Array, key: string, change: (value: string) => string) {
  const { metadataProps, ...rest } = plainModel(file);
  return encodeOnnxModel({
    ...rest,
    metadataProps: metadataProps.map((one) =>
      one.key === key ? { key, value: change(one.value) } : one
    ),
  });
}

const put = (file: Uint8Array, tensor: OnnxTensor) =>
  withConstants(file, (all) => all.map((one) => one.name === tensor.name ? tensor : one));
const refuse = (file: Uint8Array, sentence: string) =>
  assertThrows(() => readOnnxFile(file), Error, sentence);

Deno.test("readOnnxFile() refuses a constant with other numbers, and says which it expects", () => {
  const shift = { shape: [2], values: Float32Array.of(0, 2) };
  refuse(put(lstmFile, realTensor("offAndOn", shift)), "[2] = 0, 2, expected offAndOn");
  refuse(put(gptFile, realScalar("scale", 3)), "scale of type 1 [] = 3, expected scale");
  refuse(put(gptFile, int64Tensor("heads", [0, 0, 4, 2])), "= 0, 0, 4, 2, expected heads");
  refuse(
    withConstants(gptFile, (all) => [...all, all[0]]),
    "firstPlace of type 7 [] = 0, expected none",
  );
});

Deno.test("readOnnxFile() refuses inputs and outputs of another shape, and fields of other tools", () => {
  const { graph, ...rest } = plainModel(lstmFile);
  const swapped = { ...graph, input: [graph.input[0], graph.input[2], graph.input[1]] };
  refuse(encodeOnnxModel({ ...rest, graph: swapped }), "input 1 is cellState of type 1");
  const unknownField = Uint8Array.of(...lstmFile, 0xa2, 0x06, 0x01, 0x41); // field 100
  refuse(unknownField, "it was changed; from byte");
});

Deno.test("readOnnxFile() refuses settings that its graph or its size contradicts, before memory is taken", () => {
  const config = "unrolled.config";
  const layers = (count: string) => (text: string) =>
    text.replace(/(layer|block)Count":\d/, `$1Count":${count}`);
  refuse(withMetadata(lstmFile, config, layers("2000000000")), "2000000000 layers, its graph");
  refuse(withMetadata(gptFile, config, layers("2000000000")), "2000000000 layers, its graph");
  const wide = (text: string) => text.replace(/hiddenSize":\d+/, 'hiddenSize":1000000000');
  refuse(withMetadata(lstmFile, config, wide), "of 4 bytes each, the file has");
  const heads = (text: string) => text.replace('headCount":2', 'headCount":4');
  refuse(withMetadata(gptFile, config, heads), "heads of type 7 [4] = 0, 0, 2, 4, expected heads");
  const biases = (text: string) => text.replace('biasesPerGate":2', 'biasesPerGate":3');
  refuse(withMetadata(lstmFile, config, biases), "biasesPerGate 1 or 2");
  const more = (text: string) => text.replace("{", '{"dropout":0.5,');
  refuse(
    withMetadata(lstmFile, config, more),
    "the settings of its unrolled.config are dropout cell",
  );
  refuse(
    withMetadata(lstmFile, config, () => "null"),
    "its unrolled.config must be an object, got null",
  );
});

Deno.test("readOnnxFile() refuses a vocabulary of anything but different texts", () => {
  const tokens = (json: string) =>
    withMetadata(lstmFile, "unrolled.vocabulary", () => `{"tokens":${json}}`);
  for (const stranger of ["null", "1", '{"a":1}']) {
    refuse(
      tokens(`["a","b","c","d","e","f",${stranger}]`),
      `must be a list of texts, got ${stranger}`,
    );
  }
  refuse(tokens('"abcdefg"'), 'must be a list of texts, got "abcdefg"');
  refuse(tokens('["a","a","c","d","e","f","g"]'), "comes twice");
  refuse(tokens('["a","b"]'), "its vocabulary has 2 tokens, its network scores 7");
  refuse(
    withMetadata(lstmFile, "unrolled.vocabulary", () => "null"),
    "must be an object, got null",
  );
});

Deno.test("readOnnxFile() refuses weights that are not finite", () => {
  for (const value of [NaN, Infinity]) {
    const values = new Float32Array(7);
    values[3] = value;
    const bias = realTensor("output/bias", { shape: [7], values });
    refuse(put(lstmFile, bias), `number 3 of output/bias is ${value}, not finite`);
  }
});

/** Bytes put in the place of others, at any place; what protobuf calls fields is bytes too. */
const edits = fc.array(
  fc.record({
    place: fc.integer({ min: 0, max: 9999 }),
    drop: fc.constantFrom(0, 0, 1, 4),
    put: fc.uint8Array({ minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 2 },
);

Deno.test("a file with any bytes changed is refused in words, or computes natively what it does in ONNX Runtime", async () => {
  const ids = Int32Array.from(randomIds(6));
  let accepted = 0;
  const property = fc.asyncProperty(fc.constantFrom(...files), edits, async (file, changes) => {
    let bytes = [...file];
    for (const { place, drop, put } of changes) {
      const at = Math.floor(place / 10_000 * bytes.length);
      bytes = drop === 0
        ? bytes.map((byte, index) => put[index - at] ?? byte)
        : [...bytes.slice(0, at), ...put, ...bytes.slice(at + drop)];
    }
    const changed = Uint8Array.from(bytes);
    let imported;
    try {
      imported = importOnnx(changed);
    } catch (error) {
      assert(/^Cannot (read|import) /.test((error as Error).message), String(error));
      return;
    }
    accepted++;
    const onnx = await onnxLanguageModel(changed);
    const [ours, theirs] = [await imported.model.tokenLosses(ids), await onnx.tokenLosses(ids)];
    ours.forEach((loss, at) => {
      if (!(loss < 1e4)) return; // a weight of 1e30: float32 overflows in either
      assertAlmostEquals(theirs[at], loss, 1e-3 * (1 + loss));
    });
    imported.model.dispose();
    await onnx.dispose();
  });
  await fc.assert(property, { numRuns: 150, seed: 7 });
  assertEquals(accepted > 5, true, `${accepted} accepted`);
});
