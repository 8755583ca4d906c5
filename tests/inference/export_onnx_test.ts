import { assertEquals, assertRejects } from "@std/assert";
import { exportOnnx, isExportable } from "lib/inference/export_onnx.ts";
import { decodeOnnxModel } from "lib/inference/onnx_model.ts";
import { maskedTransformer } from "lib/models/transformer/masked_transformer.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { caseName, pytorchCases } from "../kernels/pytorch_cases.ts";
import { lettersVocabulary, modelWith } from "../models/small_model.ts";
import { exportModel, onnxReference, smallCase } from "./onnx_cases.ts";

for (const [place, network] of pytorchCases.entries()) {
  Deno.test(`exportOnnx() writes the file that ONNX's checker passed: ${caseName(network)}`, async () => {
    const model = modelWith(network.config, network.parameters);
    const digest = await crypto.subtle.digest("SHA-256", await exportOnnx(model));
    assertEquals(new Uint8Array(digest).toHex(), onnxReference.cases[place].sha256);
    model.dispose();
  });
}

Deno.test("exportOnnx() states operator set 17, IR version 8 and this library, and the same bytes each time", async () => {
  const model = exportModel(smallCase("gru"));
  const bytes = await exportOnnx(model);
  const { opsetImport, irVersion, producerName, docString } = decodeOnnxModel(bytes);
  assertEquals(opsetImport.map(({ domain, version }) => ({ domain, version })), [
    { domain: "", version: 17n },
  ]);
  assertEquals([irVersion, producerName], [8n, "unrolled"]);
  assertEquals(docString, "GRU 5 x 2: scores of the next of 7 tokens at every time step");
  assertEquals(await exportOnnx(model), bytes);
  model.dispose();
});

Deno.test("exportOnnx() refuses a model that is more than its network", async () => {
  const model = exportModel(smallCase("gru"));
  await assertRejects(
    () => exportOnnx({ ...model, name: "GRU and more", fusible: false }),
    Error,
    "Cannot export GRU and more",
  );
  model.dispose();
});

Deno.test("exportOnnx() refuses a transformer that sees what comes after: the graph is a causal one", async () => {
  const vocabulary = lettersVocabulary(4);
  for (const seesFuture of [true, false]) {
    const model = maskedTransformer({
      ...{ vocabulary, seesFuture, embeddingSize: 4, blockCount: 1, headCount: 2 },
      ...{ contextLength: 5, random: randomStream(1, "weights") },
    });
    assertEquals(isExportable(model), false);
    await assertRejects(() => exportOnnx(model), Error, `Cannot export ${model.name}`);
    model.dispose();
  }
});
