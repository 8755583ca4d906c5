import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { maskedTransformer } from "lib/models/transformer/masked_transformer.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { maskedWindows } from "lib/text/windows/masked_windows.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { evaluate } from "lib/training/evaluate.ts";
import { train } from "lib/training/train.ts";

await useBackend("wasm");
const vocabulary = createVocabulary(["a", "b", "c"]);
const sizes = { embeddingSize: 8, blockCount: 1, headCount: 2, contextLength: 5 };
const make = (seesFuture: boolean) =>
  maskedTransformer({
    ...{ vocabulary, ...sizes, seesFuture, deviation: 0.2 },
    random: randomStream(1, "weights"),
  });

Deno.test("maskedTransformer() has one token more than the text, the mask", () => {
  const model = make(true);
  assertEquals([model.vocabulary.size, model.maskId], [4, 3]);
  assertThrows(() => model.step([], [0]), Error, "it fills gaps");
  model.dispose();
});

Deno.test("maskedTransformer() learns what only the right side tells; looking left only it cannot", async () => {
  // b a b, c a c: the first symbol is known from the last alone.
  const sequences = [Int32Array.of(1, 0, 1), Int32Array.of(2, 0, 2)];
  const schedule = maskedWindows(sequences, { batchSize: 16, maskId: 3, maskShare: 0.1, seed: 1 });
  const settings = { optimizer: { kind: "adam", learningRate: 0.02 }, trainingSteps: 120 } as const;
  const losses: number[] = [];
  for (const seesFuture of [true, false]) {
    const model = make(seesFuture);
    const before = tf.memory().numTensors;
    for await (const _ of train(model, schedule, { ...settings, recordEvery: 60 }));
    assertEquals(tf.memory().numTensors, before);
    const first = {
      ...{ inputIds: Int32Array.of(3, 3, 0, 0, 1, 2), targetIds: Int32Array.of(1, 2, 0, 0, 1, 2) },
      ...{ mask: Float32Array.of(1, 1, 0, 0, 0, 0), timeSteps: 3, batchSize: 2, continues: false },
    };
    const once = {
      stepsPerEpoch: 1,
      largestWindow: { timeSteps: 3, batchSize: 2 },
      window: () => first,
    };
    losses.push((await evaluate(model, once)).lossNats);
    model.dispose();
  }
  assert(losses[0] < 0.1, `both sides: ${losses[0]}`);
  assert(losses[1] >= Math.LN2 - 1e-3, `left only: ${losses[1]}`);
});
