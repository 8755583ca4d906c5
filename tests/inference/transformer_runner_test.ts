import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { exportOnnx } from "lib/inference/export_onnx.ts";
import { onnxLanguageModel } from "lib/inference/onnx_language_model.ts";
import { useBackend } from "lib/kernels/backend.ts";
import { assertClose } from "../kernels/assert_close.ts";
import { randomIds } from "../models/small_model.ts";
import { causalCases, exportTransformer, onnxReference, transformerWith } from "./onnx_cases.ts";

await useBackend("wasm");

const sizes = [
  { embeddingSize: 8, blockCount: 2, headCount: 2, contextLength: 6, tiedEmbeddings: true },
  { embeddingSize: 9, blockCount: 1, headCount: 3, contextLength: 5, tiedEmbeddings: false },
  { embeddingSize: 5, blockCount: 3, headCount: 1, contextLength: 2, tiedEmbeddings: true },
  { embeddingSize: 12, blockCount: 2, headCount: 4, contextLength: 9, tiedEmbeddings: false },
].map((own) => ({ ...own, vocabularySize: 7 })).concat([
  {
    ...{ embeddingSize: 1, blockCount: 1, headCount: 1, contextLength: 2, tiedEmbeddings: false },
    vocabularySize: 2,
  },
  {
    ...{ embeddingSize: 15, blockCount: 3, headCount: 5, contextLength: 13, tiedEmbeddings: true },
    vocabularySize: 26,
  },
  {
    ...{ embeddingSize: 33, blockCount: 1, headCount: 11, contextLength: 7, tiedEmbeddings: false },
    vocabularySize: 3,
  },
]);

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assertEquals(a.length, b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

for (const options of sizes) {
  const { embeddingSize, blockCount, headCount, contextLength, tiedEmbeddings } = options;
  const { vocabularySize } = options;
  const name = `${embeddingSize} x ${blockCount}, ${headCount} heads, context ${contextLength}, ` +
    `${vocabularySize} tokens${tiedEmbeddings ? ", tied" : ""}`;
  Deno.test(`transformerRunner() has the trainer's logits within 1e-5: ${name}`, async () => {
    const model = exportTransformer(options);
    const onnx = await onnxLanguageModel(await exportOnnx(model));
    const inputIds = randomIds(contextLength * 3, vocabularySize);
    const window = { inputIds, timeSteps: contextLength, batchSize: 3 };
    const expected = tf.tidy(() => model.forward(window, []).logits.dataSync());
    const whole = await onnx.run(window, onnx.initialState(3));
    assert(largestDifference(whole.logits, expected) < 1e-5);
    // A window in two parts, the keys and values carried.
    const half = Math.floor(contextLength / 2);
    const part = (from: number, to: number) => ({
      inputIds: inputIds.slice(3 * from, 3 * to),
      timeSteps: to - from,
      batchSize: 3,
    });
    const first = await onnx.run(part(0, half), onnx.initialState(3));
    const second = await onnx.run(part(half, contextLength), first.state);
    assert(largestDifference([...first.logits, ...second.logits], expected) < 1e-5);
    model.dispose();
    await onnx.dispose();
  });

  Deno.test(`transformerRunner() forgets as the native model does, stepping past its context: ${name}`, async () => {
    const model = exportTransformer(options);
    const onnx = await onnxLanguageModel(await exportOnnx(model));
    let ours = model.initialState(2);
    let theirs = onnx.initialState(2);
    for (let time = 0; time < 2 * contextLength + 3; time++) {
      const ids = [time * 3 % vocabularySize, time * time % vocabularySize];
      const native = await model.step(ours, ids);
      const step = await onnx.step(theirs, ids);
      assert(largestDifference(step.logits, native.logits) < 1e-5);
      [ours, theirs] = [native.state, step.state];
    }
    const ids = randomIds(4 * contextLength + 1, vocabularySize);
    assertClose(await onnx.tokenLosses(ids), await model.tokenLosses(ids), { relative: 1e-5 });
    model.dispose();
    await onnx.dispose();
  });
}

for (const [place, network] of causalCases.entries()) {
  Deno.test(`transformerRunner() has PyTorch's and ONNX's own evaluator's outputs: case ${place}`, async () => {
    const model = transformerWith(network);
    const bytes = await exportOnnx(model);
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    const { sha256, outputs } = onnxReference.transformers[place];
    assertEquals(new Uint8Array(digest).toHex(), sha256, "the file that ONNX's checker passed");
    const onnx = await onnxLanguageModel(bytes);
    const { timeSteps, batchSize } = network;
    const inputIds = Int32Array.from(network.inputIds);
    const window = { inputIds, timeSteps, batchSize };
    const { logits, state } = await onnx.run(window, onnx.initialState(batchSize));
    assertClose(logits, network.logits, { what: "PyTorch's logits", ofLargest: 1e-5 });
    assertClose(logits, outputs.logits, { what: "reference logits", ofLargest: 1e-5 });
    assertClose(state.keys, outputs.nextKeys, { what: "keys", ofLargest: 1e-5 });
    assertClose(state.values, outputs.nextValues, { what: "values", ofLargest: 1e-5 });
    model.dispose();
    await onnx.dispose();
  });
}

Deno.test("transformerRunner() refuses a window beyond its context, and unknown ids", async () => {
  const model = exportTransformer();
  const onnx = await onnxLanguageModel(await exportOnnx(model));
  const state = onnx.initialState(1);
  const window = { inputIds: randomIds(7), timeSteps: 7, batchSize: 1 };
  await assertRejects(() => onnx.run(window, state), RangeError, "7 tokens after 0");
  await assertRejects(() => onnx.step(state, [7]), RangeError, "id 7 is outside");
  await assertRejects(() => onnx.step(state, [-1]), RangeError, "id -1 is outside");
  model.dispose();
  await onnx.dispose();
});
