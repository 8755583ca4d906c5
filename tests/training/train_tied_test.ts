import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { streamWindows } from "lib/text/stream_windows.ts";
import { createVocabulary } from "lib/text/vocabulary.ts";
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

Deno.test("trainTied() follows the sum of both gradients: a small step lowers the loss as finite differences say", async () => {
  const model = rnn();
  const [first, second] = await trainTied(model, schedule, {
    tied: true,
    trainingSteps: 2,
    learningRate: 1e-4,
    maxGradientNorm: 1e9,
  });
  // Adam's first step has the size of its rate in every coordinate, against the gradient's sign.
  assert(second !== first);
  const again = rnn();
  const weights = again.parameters["layer0/inputWeights"];
  const stepped = await model.parameters["layer0/inputWeights"].array() as number[][];
  const start = await weights.array() as number[][];
  const moves = stepped.flatMap((row, token) =>
    row.map((value, unit) => Math.abs(value - start[token][unit]))
  );
  assert(Math.max(...moves) < 2.01e-4 && Math.max(...moves) > 0.5e-4);
});

Deno.test("trainTied() refuses a cell whose input weights are no embedding of the hidden size", async () => {
  await assertRejects(
    () => trainTied(rnn("gru"), schedule, { ...options, tied: true }),
    RangeError,
    "GRU 5",
  );
});
