import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { sample } from "lib/decoding/sample.ts";
import { useBackend } from "lib/kernels/backend.ts";
import { causalTransformer } from "lib/models/transformer/causal_transformer.ts";
import { stepwiseTokenLosses } from "lib/models/token_losses.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { slidingWindows } from "lib/text/windows/sliding_windows.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { train } from "lib/training/train.ts";

await useBackend("wasm");
const vocabulary = createVocabulary([..."abcdefg"]);
const sizes = { vocabulary, embeddingSize: 8, blockCount: 2, headCount: 2, contextLength: 6 };
const make = (seed = 1, more = {}) =>
  causalTransformer({
    ...sizes,
    deviation: 0.4,
    ...more,
    random: randomStream(seed, "initial weights"),
  });
const ids = Int32Array.of(0, 3, 2, 6, 5, 1, 1, 4, 0, 2, 3, 3, 6, 0, 5, 4, 1, 2, 0, 6);

Deno.test("causalTransformer(): stepping with keys and values kept equals recomputing the window", async () => {
  const model = make();
  const window = { inputIds: ids.slice(0, 6), timeSteps: 6, batchSize: 1 };
  const whole = await tf.tidy(() => model.forward(window, []).logits).data();
  let state = model.initialState(1);
  for (let time = 0; time < 6; time++) {
    const { logits, state: next } = await model.step(state, [ids[time]]);
    for (let id = 0; id < 7; id++) assertAlmostEquals(logits[id], whole[time * 7 + id], 2e-6);
    state = next;
  }
  model.dispose();
});

Deno.test("causalTransformer(): text written with the cache is the text written by recomputation", async () => {
  const model = make(2);
  const { ids: written } = await sample(model, {
    ...{ promptIds: [0], length: 5, temperature: 0, random: randomStream(1, "none") },
  });
  const recomputed = [0];
  for (let time = 1; time < 6; time++) {
    const window = { inputIds: Int32Array.from(recomputed), timeSteps: time, batchSize: 1 };
    const logits = await tf.tidy(() => model.forward(window, []).logits).data();
    const last = [...logits.slice(-7)];
    recomputed.push(last.indexOf(Math.max(...last)));
  }
  assertEquals([...written], recomputed.slice(1));
  model.dispose();
});

Deno.test("causalTransformer().tokenLosses() in windows equals stepping, far past the context", async () => {
  for (const contextLength of [5, 6]) {
    const model = make(3, { contextLength });
    for (const length of [2, 5, 6, 7, 8, 9, 20]) {
      const text = ids.slice(0, length);
      const windowed = await model.tokenLosses(text);
      const stepped = await stepwiseTokenLosses(model, text);
      assertEquals(windowed.length, length - 1);
      windowed.forEach((loss, at) => assertAlmostEquals(loss, stepped[at], 5e-6));
    }
    model.dispose();
  }
});

Deno.test("causalTransformer(): rows of a batch do not see one another, and states can be run on from twice", async () => {
  const model = make();
  const { state } = await model.step(model.initialState(2), [0, 3]);
  const first = await model.step(state, [2, 5]);
  const again = await model.step(state, [2, 5]);
  assertEquals(first.logits, again.logits);
  const alone = await model.step((await model.step(model.initialState(1), [3])).state, [5]);
  assertEquals(first.logits.slice(7), alone.logits);
  model.dispose();
});

Deno.test("causalTransformer(): untrained at deviation 0 the loss is ln V; it learns a circle", async () => {
  const still = make(1, { deviation: 0 });
  for (const loss of await still.tokenLosses(ids)) assertAlmostEquals(loss, Math.log(7), 1e-6);
  still.dispose();
  const model = make(1, { deviation: 0.1 });
  const circle = Int32Array.from({ length: 80 }, (_, at) => [0, 4, 1, 5, 2][at % 5]);
  const schedule = slidingWindows(circle, {
    ...{ windowCount: 60, unrollLength: 6, batchSize: 12, seed: 1 },
  });
  const settings = { optimizer: { kind: "adam", learningRate: 0.02 }, trainingSteps: 80 } as const;
  const before = tf.memory().numTensors;
  for await (const _ of train(model, schedule, settings));
  assertEquals(tf.memory().numTensors, before);
  const losses = await model.tokenLosses(circle.slice(0, 30));
  assert(losses.slice(4).every((loss) => loss < 0.1));
  model.dispose();
});

Deno.test("causalTransformer() counts its weights: 12 E^2 + 13 E a block", () => {
  const model = make(1, { tiedEmbeddings: false });
  const block = 12 * 64 + 13 * 8;
  assertEquals(model.parameterCount, 7 * 8 + 6 * 8 + 2 * block + 2 * 8 + 8 * 7);
  const stored = Object.values(model.parameters).reduce((sum, { size }) => sum + size, 0);
  assertEquals(stored, model.parameterCount);
  model.dispose();
});

Deno.test("causalTransformer() leaves no tensor behind", () => {
  const before = tf.memory().numTensors;
  make().dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("causalTransformer() refuses sizes that make no network", () => {
  assertThrows(() => make(1, { headCount: 3 }), RangeError, "3 heads do not divide");
  assertThrows(() => make(1, { blockCount: 0 }), RangeError, "blockCount");
  assertThrows(() => make(1, { contextLength: 1 }), RangeError, "holds no past");
});
