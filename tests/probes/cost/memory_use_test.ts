import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { causalTransformer } from "lib/models/transformer/causal_transformer.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { stateBytes, trainingBytes } from "lib/probes/cost/memory_use.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

await useBackend("wasm");
const vocabulary = createVocabulary([..."abcde"]);
const recurrent = (cell: "gru" | "lstm") =>
  recurrentLanguageModel({ vocabulary, cell, hiddenSize: 7, random: randomStream(1, "weights") });

Deno.test("stateBytes() of a recurrent model is 4 bytes a unit, twice that for an LSTM, at any length", async () => {
  for (const tokens of [1, 2, 9]) {
    assertEquals(await stateBytes(recurrent("gru"), { tokens }), 28);
    assertEquals(await stateBytes(recurrent("lstm"), { tokens }), 56);
  }
});

Deno.test("stateBytes() of a transformer is a key and a value per block for every token", async () => {
  const sizes = { embeddingSize: 8, blockCount: 3, headCount: 2, contextLength: 16 };
  const model = causalTransformer({ vocabulary, ...sizes, random: randomStream(1, "weights") });
  for (const tokens of [1, 5, 16]) {
    assertEquals(await stateBytes(model, { tokens }), 4 * 2 * 3 * 8 * tokens);
  }
  model.dispose();
});

Deno.test("trainingBytes() grows by the same amount for each doubling's added steps, and leaks nothing", async () => {
  const model = recurrent("gru");
  await trainingBytes(model, { timeSteps: 2 });
  const before = tf.memory().numTensors;
  const bytes = [];
  for (const timeSteps of [16, 32, 48]) bytes.push(await trainingBytes(model, { timeSteps }));
  assertEquals(bytes[2] - bytes[1], bytes[1] - bytes[0]);
  assert(bytes[1] > bytes[0]);
  assertEquals(tf.memory().numTensors, before);
});
