import { assertEquals, assertLess, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { exportOnnx } from "lib/inference/export_onnx.ts";
import { importOnnx } from "lib/inference/import_onnx.ts";
import { useBackend } from "lib/kernels/backend.ts";
import { readTensors } from "lib/kernels/read_tensor.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { train } from "lib/training/train.ts";
import { randomIds } from "../models/small_model.ts";
import {
  exportCases,
  exportModel,
  exportTransformer,
  foreignFile,
  smallCase,
} from "./onnx_cases.ts";

await useBackend("wasm");

async function bitsOf(model: AnyTrainableModel): Promise<Record<string, Uint32Array>> {
  const values = await readTensors(Object.values(model.parameters));
  const names = Object.keys(model.parameters);
  return Object.fromEntries(names.map((name, i) => [name, new Uint32Array(values[i].buffer)]));
}

Deno.test("importOnnx() gives the exported model's bits back, for every architecture, layer count and size", async () => {
  for (const options of exportCases) {
    const model = exportModel(options);
    const { model: imported } = importOnnx(await exportOnnx(model));
    assertEquals(imported.name, model.name);
    assertEquals(imported.config, model.config);
    assertEquals(await bitsOf(imported), await bitsOf(model));
    assertEquals(await exportOnnx(imported), await exportOnnx(model));
    model.dispose();
    imported.dispose();
  }
});

Deno.test("importOnnx() gives a transformer's bits back, of odd sizes too", async () => {
  const odd = { embeddingSize: 15, blockCount: 3, headCount: 5, contextLength: 13 };
  const least = { embeddingSize: 1, blockCount: 1, headCount: 1, contextLength: 2 };
  const sizes = [{}, { ...odd, vocabularySize: 26 }, { ...least, vocabularySize: 2 }];
  const cases = sizes.flatMap((own) => [true, false].map((tied) => ({ ...own, tied })));
  for (const { tied: tiedEmbeddings, ...own } of cases) {
    const model = exportTransformer({ ...own, tiedEmbeddings });
    const { model: imported } = importOnnx(await exportOnnx(model));
    assertEquals(imported.config, model.config);
    assertEquals(await bitsOf(imported), await bitsOf(model));
    assertEquals(await exportOnnx(imported), await exportOnnx(model));
    model.dispose();
    imported.dispose();
  }
});

Deno.test("importOnnx() gives a model that trains on with the same bits", async () => {
  const before = tf.memory().numTensors;
  const ids = randomIds(400);
  const schedule = streamWindows(ids, { batchSize: 4, unrollLength: 10 });
  const model = exportModel(smallCase("lstm"));
  const { model: imported } = importOnnx(await exportOnnx(model));
  const ends = [];
  for (const one of [model, imported]) {
    const records = await Array.fromAsync(train(one, schedule, {
      optimizer: { kind: "adam", learningRate: 0.05 },
      trainingSteps: 9,
    }));
    ends.push(records.at(-1)!.lossNats);
  }
  assertEquals(ends[1], ends[0]);
  assertLess(ends[0], Math.log(7) + 0.3);
  assertEquals(await bitsOf(imported), await bitsOf(model));
  model.dispose();
  imported.dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("importOnnx() gives the tokenizer's name and the training record, or refuses the file", async () => {
  const model = exportModel(smallCase("rnn-tanh"));
  const trainingRecord = {
    trainingStep: 9,
    epoch: 1,
    lossNats: 1.5,
    gradientNorm: 0.5,
    clippedShare: 0,
    charactersPerSecond: 1e6,
    elapsedSeconds: 2,
    engine: "fused wasm, 1 thread",
  };
  const told = { tokenizerName: "letters only", trainingRecord };
  const { model: imported, ...rest } = importOnnx(await exportOnnx(model, told));
  assertEquals(rest, told);
  model.dispose();
  imported.dispose();
  assertThrows(() => importOnnx(foreignFile), Error, "foreign make");
});
