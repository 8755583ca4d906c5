import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import type { CellKind } from "lib/kernels/network_config.ts";
import type { OptimizerSettings } from "lib/kernels/sequence_network.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import type { EngineChoice } from "lib/training/engines/choose_engine.ts";
import { fusedEngine } from "lib/training/engines/fused_engine.ts";
import { train } from "lib/training/train.ts";

const tokenizer = lettersTokenizer();
const text = "the quick brown fox jumps over the lazy dog and runs away from the slow grey cat ";
const ids = tokenizer.encode(text.repeat(8));

async function lossesOf(cell: CellKind, optimizer: OptimizerSettings, engine: EngineChoice) {
  const model = recurrentLanguageModel({
    vocabulary: tokenizer.vocabulary,
    cell,
    hiddenSize: 13,
    layerCount: 2,
    biasesPerGate: 2,
    random: randomStream(3, "initial weights"),
  });
  const schedule = streamWindows(ids, { batchSize: 3, unrollLength: 7 });
  const settings = { optimizer, maxGradientNorm: 0.5, trainingSteps: 100, engine };
  const losses: number[] = [];
  for await (const record of train(model, schedule, settings)) losses.push(record.lossNats);
  const bias = await model.parameters["layer1/bias"].data();
  model.dispose();
  return { losses, bias };
}

const CASES: [CellKind, OptimizerSettings][] = [
  ["rnn-tanh", { kind: "sgd", learningRate: 0.5 }],
  ["rnn-relu", { kind: "sgd", learningRate: 0.1, momentum: 0.9 }],
  ["rnn-sigmoid", { kind: "rmsprop", learningRate: 0.002 }],
  ["gru", { kind: "adagrad", learningRate: 0.05 }],
  ["lstm", { kind: "adam", learningRate: 0.005, weightDecay: 1e-4 }],
];

for (const [cell, optimizer] of CASES) {
  Deno.test(`fusedEngine() gives tfjs's losses over 100 steps: ${cell}, ${optimizer.kind}`, async () => {
    await useBackend("wasm");
    const fused = await lossesOf(cell, optimizer, "fused");
    const plain = await lossesOf(cell, optimizer, "tfjs");
    assertEquals(fused.losses.length, 100);
    fused.losses.forEach((loss, step) => assertAlmostEquals(loss, plain.losses[step], 2e-4));
    fused.bias.forEach((value, unit) => assertAlmostEquals(value, plain.bias[unit], 2e-3));
    assertEquals(fused.losses[99] < fused.losses[0] - 0.2, true, "the loss must have fallen");
  });
}

Deno.test("fusedEngine() repeats itself to the bit for the same seed", async () => {
  await useBackend("wasm");
  const runs = [0, 1].map(() => lossesOf("gru", { kind: "adam", learningRate: 0.01 }, "fused"));
  const [first, second] = await Promise.all(runs);
  assertEquals(first, second);
});

const smallModel = () =>
  recurrentLanguageModel({
    vocabulary: tokenizer.vocabulary,
    cell: "rnn-tanh",
    hiddenSize: 5,
    random: randomStream(3, "initial weights"),
  });

Deno.test("fusedEngine() leaves the model's variables alone until writeBack()", async () => {
  await useBackend("wasm");
  const model = smallModel();
  const engine = await fusedEngine(model, {
    optimizer: { kind: "sgd", learningRate: 1 },
    timeSteps: 4,
    batchSize: 2,
  });
  const before = model.parameters["output/weights"].dataSync().slice();
  await engine.trainStep(streamWindows(ids, { batchSize: 2, unrollLength: 4 }).window(0));
  assertEquals(model.parameters["output/weights"].dataSync(), before);
  await engine.writeBack();
  assertEquals(
    model.parameters["output/weights"].dataSync(),
    (await engine.parameters())["output/weights"] as Float32Array,
  );
  engine.dispose();
  model.dispose();
});

Deno.test("fusedEngine() refuses an architecture that the kernels do not know", async () => {
  await useBackend("wasm");
  const model = smallModel();
  const other = { ...model, name: "Transformer", fusible: false };
  const error = () => fusedEngine(other, { timeSteps: 4, batchSize: 2 });
  await assertRejects(error, Error, "Cannot train Transformer");
  model.dispose();
});
