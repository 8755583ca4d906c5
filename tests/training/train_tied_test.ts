import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { train } from "lib/training/train.ts";
import { trainTied } from "lib/training/train_tied.ts";

await useBackend("cpu");

const vocabulary = createVocabulary([..."abcdef"]);
const ids = Int32Array.from({ length: 200 }, (_, at) => (at * at + 3 * at) % 6);
const schedule = streamWindows(ids, { batchSize: 2, unrollLength: 8 });
const rnn = (cell: "rnn-tanh" | "gru" = "rnn-tanh") =>
  recurrentLanguageModel({ vocabulary, cell, hiddenSize: 5, random: randomStream(1, "weights") });
const options = { trainingSteps: 20, learningRate: 0.02, maxGradientNorm: 0.5 };

Deno.test("trainTied() untied is train() with Adam", async () => {
  const [one, other] = [rnn(), rnn()];
  const losses = await trainTied(one, schedule, { ...options, tied: false });
  const optimizer = { kind: "adam", learningRate: 0.02 } as const;
  const training = { optimizer, maxGradientNorm: 0.5, trainingSteps: 20 };
  const records = [];
  for await (const record of train(other, schedule, training)) records.push(record);
  records.forEach(({ lossNats }, step) => assertAlmostEquals(losses[step], lossNats, 1e-4));
});

Deno.test("trainTied() keeps the output weights the input weights' transpose while the loss falls", async () => {
  const model = rnn();
  const losses = await trainTied(model, schedule, { ...options, trainingSteps: 150, tied: true });
  assert(losses[149] < losses[0] - 0.3);
  const embeddings = await model.parameters["layer0/inputWeights"].array() as number[][];
  const output = await model.parameters["output/weights"].array() as number[][];
  embeddings.forEach((row, token) =>
    row.forEach((value, unit) => assertEquals(output[unit][token], value))
  );
});

Deno.test("trainTied() goes along the sum of both gradients, as finite differences have it", async () => {
  // Adam's first step has the size of its rate in every coordinate, against the gradient's sign.
  const rate = 1e-3;
  const once = { tied: true, trainingSteps: 1, learningRate: rate, maxGradientNorm: 1e9 };
  const lossAt = async (token: number, unit: number, shift: number) => {
    const model = rnn();
    const weights = await model.parameters["layer0/inputWeights"].array() as number[][];
    weights[token][unit] += shift;
    model.parameters["layer0/inputWeights"].assign(tf.tensor(weights));
    return (await trainTied(model, schedule, once))[0];
  };
  const [before, after] = [rnn(), rnn()];
  await trainTied(after, schedule, once);
  const start = await before.parameters["layer0/inputWeights"].array() as number[][];
  const moved = await after.parameters["layer0/inputWeights"].array() as number[][];
  for (const [token, unit] of [[0, 0], [1, 3], [2, 2], [4, 4], [5, 1]]) {
    const slope = await lossAt(token, unit, 0.02) - await lossAt(token, unit, -0.02);
    if (Math.abs(slope) < 1e-5) continue; // too flat for single precision to have a sign
    assertAlmostEquals(moved[token][unit] - start[token][unit], -Math.sign(slope) * rate, 2e-5);
  }
});

Deno.test("trainTied() ties the first layer's input to the output of two layers", async () => {
  const random = randomStream(1, "weights");
  const sizes = { cell: "rnn-tanh", hiddenSize: 5, layerCount: 2 } as const;
  const model = recurrentLanguageModel({ vocabulary, ...sizes, random });
  const losses = await trainTied(model, schedule, { ...options, trainingSteps: 80, tied: true });
  assert(losses[79] < losses[0] - 0.2);
});

Deno.test("trainTied() refuses a cell whose input weights are no embedding of the hidden size", async () => {
  await assertRejects(
    () => trainTied(rnn("gru"), schedule, { ...options, tied: true }),
    RangeError,
    "GRU 5",
  );
});

Deno.test("trainTied() refuses settings that make no sense before it reads the model", async () => {
  const model = rnn();
  const refused = (change: object, message: string) =>
    assertRejects(
      () => trainTied(model, schedule, { ...options, tied: true, ...change }),
      RangeError,
      message,
    );
  await refused({ learningRate: NaN }, "the learning rate must be positive, got NaN.");
  await refused({ maxGradientNorm: -1 }, "maxGradientNorm must be above 0, got -1.");
  await refused({ trainingSteps: NaN }, "trainingSteps must be at least 0, got NaN.");
});
