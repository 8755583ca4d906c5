import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { beamSearch } from "lib/decoding/beam_search.ts";
import { diverseBeamSearch } from "lib/decoding/diverse_beam_search.ts";
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

Deno.test("onnxLanguageModel() is searched by beams, and measured, as the trainer's model is", async () => {
  const models = [...cellKinds.map((cell) => exportModel(smallCase(cell))), exportTransformer()];
  const search = { promptIds: [0, 3], length: 4, width: 4 };
  for (const model of models) {
    const onnx = await onnxLanguageModel(await exportOnnx(model));
    const plain = [await beamSearch(model, search), await beamSearch(onnx, search)];
    const inGroups = { ...search, groups: 2, strength: 0.5 };
    const grouped = [
      await diverseBeamSearch(model, inGroups),
      await diverseBeamSearch(onnx, inGroups),
    ];
    for (const [ours, theirs] of [plain, grouped]) {
      assertEquals(theirs.map(({ ids }) => ids), ours.map(({ ids }) => ids), model.name);
      theirs.forEach(({ logProbability }, rank) =>
        assertAlmostEquals(logProbability, ours[rank].logProbability, 1e-5)
      );
    }
    const ids = randomIds(60);
    const losses = await onnx.tokenLosses(ids);
    (await model.tokenLosses(ids)).forEach((loss: number, at: number) =>
      assertAlmostEquals(losses[at], loss, 1e-5)
    );
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

Deno.test("onnxLanguageModel() refuses empty and misshapen windows in words, where ONNX Runtime aborts", async () => {
  for (const native of [exportModel(smallCase("lstm")), exportTransformer()]) {
    const model = await onnxLanguageModel(await exportOnnx(native));
    const state = model.initialState(1);
    const refused = (
      window: [ids: number[], timeSteps: number, batchSize: number],
      why: string,
    ) => {
      const [ids, timeSteps, batchSize] = window;
      const inputIds = Int32Array.from(ids);
      const run = () => model.run({ inputIds, timeSteps, batchSize }, state);
      return assertRejects(run, RangeError, why);
    };
    await refused([[], 0, 1], "time steps must be a whole number >= 1, got 0");
    await refused([[], 1, 0], "batch size must be a whole number >= 1, got 0");
    await refused([[1], 1.5, 1], "time steps must be a whole number >= 1, got 1.5");
    await refused([[1, 2, 3], 2, 1], "2 time steps of batch size 1 are 2 ids, got 3");
    await refused([[model.vocabulary.size], 1, 1], "is outside the vocabulary");
    for (const size of [0, -1, 1.5, NaN]) {
      assertThrows(() => model.initialState(size), RangeError, `whole number >= 1, got ${size}`);
    }
    native.dispose();
    await model.dispose();
  }
});
