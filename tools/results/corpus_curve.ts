/**
 * A network against counting on a whole corpus, within a time budget: `deno task corpus-curve`.
 *
 * First 90 % of the characters for training, last 10 % for validation; the loss on the validation part is
 * measured as the network trains, and for Witten-Bell n-grams of order 1 to 7 counted on the same
 * training part. The learning rate falls twice. Options: --corpus NAME --cell gru --hidden 128
 * --layers 1 --seconds 300 --seed 1.
 */
import { useBackend } from "lib/kernels/backend.ts";
import type { CellKind } from "lib/kernels/network_config.ts";
import { bestNgram, ngramSweep } from "lib/models/ngrams/ngram_sweep.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";
import { loadCorpus } from "lib/text/corpus.ts";
import { splitContiguous } from "lib/text/split.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import type { Checkpoint } from "lib/training/checkpoint.ts";
import { evaluate } from "lib/training/evaluate.ts";
import { train } from "lib/training/train.ts";
import { commandLine, knownNames, wholeNumber } from "tools/command/command_line.ts";
import { storeResult } from "tools/results/stored_result.ts";

const CELLS: readonly CellKind[] = ["rnn-tanh", "rnn-relu", "rnn-sigmoid", "gru", "lstm"];

const flags = commandLine({
  task: "corpus-curve",
  usage: `deno task corpus-curve [OPTION ...]

A network against Witten-Bell n-grams on a whole corpus, within a time budget; stored in results/.

  --corpus NAME   a name of the catalogue in data/, or a path (tinyshakespeare)
  --cell NAME     ${CELLS.join(", ")} (gru)
  --hidden N      hidden size (128)
  --layers N      layers (1)
  --seconds N     time to train in (300)
  --seed N        seed of the weights (1)`,
  options: {
    corpus: { type: "string", default: "tinyshakespeare" },
    cell: { type: "string", default: "gru" },
    hidden: { type: "string", default: "128" },
    layers: { type: "string", default: "1" },
    seconds: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
  },
  read: ({ values }) => ({
    corpus: values.corpus,
    cell: knownNames(values.cell, { name: "--cell", known: CELLS })[0] as CellKind,
    hidden: wholeNumber(values.hidden, { name: "--hidden", least: 1 }),
    layers: wholeNumber(values.layers, { name: "--layers", least: 1 }),
    seconds: wholeNumber(values.seconds, { name: "--seconds", least: 1 }),
    seed: wholeNumber(values.seed, { name: "--seed", least: 0 }),
  }),
});
const settings = {
  corpus: flags.corpus,
  cell: flags.cell,
  hiddenSize: flags.hidden,
  layerCount: flags.layers,
  budgetSeconds: flags.seconds,
  batchSize: 32,
  unrollLength: 64,
  maxGradientNorm: 1,
  optimizer: "adam",
  /** Learning rates and the share of the time budget that each has. */
  stages: [
    { learningRate: 4e-3, share: 0.6 },
    { learningRate: 1e-3, share: 0.25 },
    { learningRate: 2.5e-4, share: 0.15 },
  ],
  split: "first 90 % training, last 10 % validation",
};
const { cell, seed } = flags;

await useBackend("wasm");
const corpus = await loadCorpus(settings.corpus);
const { vocabulary, encode } = characterTokenizer(corpus.text);
const parts = splitContiguous(encode(corpus.text), { training: 0.9, validation: 0.1 });
const ladder = ngramSweep(parts.training, parts.validation, {
  vocabulary,
  maxOrder: 7,
  testFollowsTraining: true,
});
for (const { order, lossNats } of ladder) {
  console.log(`order ${order}: ${lossNats.toFixed(4)} nats`);
}
const best = bestNgram(ladder);

const model = recurrentLanguageModel({
  vocabulary,
  cell,
  hiddenSize: settings.hiddenSize,
  layerCount: settings.layerCount,
  random: randomStream(seed, "initial weights"),
});
const windows = { batchSize: settings.batchSize, unrollLength: settings.unrollLength };
const schedule = streamWindows(parts.training, windows);
// Eight streams: fewer positions that start without context than with more.
const validation = streamWindows(parts.validation, { batchSize: 8, unrollLength: 128 });
const curve: Record<string, number>[] = [];
let checkpoint: Checkpoint | undefined;
let engine = "";
let spent = 0;
for (const { learningRate, share } of settings.stages) {
  const started = performance.now();
  const records = train(model, schedule, {
    optimizer: { kind: "adam", learningRate },
    maxGradientNorm: settings.maxGradientNorm,
    trainingSteps: 1e9,
    timeBudgetSeconds: share * settings.budgetSeconds,
    recordEvery: 500,
    evaluateEvery: 500,
    validation,
    resumeFrom: checkpoint,
    onCheckpoint: (taken) => void (checkpoint = taken),
  });
  for await (const record of records) {
    const seconds = spent + record.elapsedSeconds;
    engine = record.engine;
    curve.push({
      trainingStep: record.trainingStep,
      epoch: record.epoch,
      seconds: Math.round(seconds * 10) / 10,
      learningRate,
      lossNats: record.lossNats,
      validationLossNats: record.validationLossNats!,
    });
    console.log(
      `${seconds.toFixed(0)} s, step ${record.trainingStep}: training ${
        record.lossNats.toFixed(4)
      }, validation ${record.validationLossNats!.toFixed(4)}`,
    );
  }
  spent += (performance.now() - started) / 1000;
}
// The last word is the plain one: the whole validation part read as one text.
const { lossNats } = await evaluate(
  model,
  streamWindows(parts.validation, { batchSize: 1, unrollLength: 128 }),
);
console.log(
  `${model.name}: ${lossNats.toFixed(4)} nats, counting's best ${best.lossNats.toFixed(4)}`,
);
await storeResult({
  name: `${corpus.name}_${cell}${settings.hiddenSize}`,
  command: `deno task corpus-curve --corpus ${corpus.name} --cell ${cell} --hidden ` +
    `${settings.hiddenSize} --layers ${settings.layerCount} --seconds ${settings.budgetSeconds}`,
  settings: { ...settings, sha256: corpus.sha256, parameters: model.parameterCount },
  seeds: [seed],
  engine,
  seconds: spent,
  values: { validationLossNats: lossNats, ngrams: ladder, curve },
});
