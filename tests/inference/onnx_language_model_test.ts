import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { sample } from "lib/decoding/sample.ts";
import { exportOnnx } from "lib/inference/export_onnx.ts";
import { onnxLanguageModel } from "lib/inference/onnx_language_model.ts";
import { useBackend } from "lib/kernels/backend.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { cellKinds, randomIds } from "../models/small_model.ts";
import { exportModel, exportTransformer, foreignFile, smallCase } from "./onnx_cases.ts";

await useBackend("wasm");

Deno.test("onnxLanguageModel() writes the text that the trainer's model writes, recurrent or attentive", async () => {
  const models = [...cellKinds.map((cell) => exportModel(smallCase(cell))), exportTransformer()];
  for (const model of models) {
    const onnx = await onnxLanguageModel(await exportOnnx(model));
    const options = () => ({ promptIds: [0, 3], length: 40, random: randomStream(8, "sample") });
    const [ours, theirs] = [await sample(model, options()), await sample(onnx, options())];
    assertEquals(theirs.ids, ours.ids, model.name);
    assertAlmostEquals(theirs.lossNats, ours.lossNats, 1e-3);
    model.dispose();
    await onnx.dispose();
  }
});

Deno.test("onnxLanguageModel() says what it is", async () => {
  const model = exportModel(smallCase("gru"));
  const onnx = await onnxLanguageModel(await exportOnnx(model, { tokenizerName: "letters only" }));
  assertEquals(onnx.name, "GRU 5 x 2 (ONNX)");
  assertEquals(onnx.config, model.config);
  assertEquals(onnx.vocabulary.tokens, model.vocabulary.tokens);
  assertEquals(onnx.tokenizerName, "letters only");
  assertEquals(onnx.description, "ONNX Runtime 1.30.0 wasm, 1 thread");
  model.dispose();
  await onnx.dispose();
});

Deno.test("onnxLanguageModel() answers no more once it is disposed of, and refuses foreign files", async () => {
  const model = exportModel(smallCase("gru"));
  const onnx = await onnxLanguageModel(await exportOnnx(model));
  model.dispose();
  await onnx.dispose();
  const error = await onnx.tokenLosses(randomIds(5)).catch((error) => error);
  assert(error instanceof Error);
  await assertRejects(() => onnxLanguageModel(foreignFile), Error, "foreign make");
});
