/**
 * D2L's RNN from scratch on The Time Machine, with the n-gram ladder beside it: `deno task d2l`.
 *
 * Setting: letters and space (V = 28), 10,000 training and 5,000 validation windows of 32
 * characters, batch 1024, hidden 32, weights N(0, 0.01^2), SGD, clip 1 (Zhang et al., Dive into Deep
 * Learning, sections 9.5, 10.1 and 10.2). Options: --cells rnn,gru,lstm  --seeds N  --corpus NAME.
 */
import { useBackend } from "lib/kernels/backend.ts";
import type { CellKind } from "lib/kernels/network_config.ts";
import { gaussian } from "lib/models/initialisers.ts";
import { bestNgram, ngramSweep } from "lib/models/ngrams/ngram_sweep.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { loadCorpus } from "lib/text/corpus.ts";
import { lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";
import { slidingWindows } from "lib/text/windows/sliding_windows.ts";
import { evaluate } from "lib/training/evaluate.ts";
import { train } from "lib/training/train.ts";
import { commandLine, knownNames, wholeNumber } from "tools/command/command_line.ts";
import { storeResult } from "tools/results/stored_result.ts";

const SETTINGS = {
  trainingWindows: 10_000,
  validationWindows: 5_000,
  unrollLength: 32,
  batchSize: 1024,
  hiddenSize: 32,
  weightDeviation: 0.01,
  maxGradientNorm: 1,
};
const CELLS: Record<string, { cell: CellKind; learningRate: number; epochs: number }> = {
  rnn: { cell: "rnn-tanh", learningRate: 1, epochs: 100 },
  gru: { cell: "gru", learningRate: 4, epochs: 50 },
  lstm: { cell: "lstm", learningRate: 4, epochs: 50 },
};
const SHOWN_TIME_STEPS = [1, 2, 4, 8, 32];

const flags = commandLine({
  task: "d2l",
  usage: `deno task d2l [--cells rnn,gru,lstm] [--seeds N] [--corpus NAME]

D2L's RNN from scratch on The Time Machine, with the n-gram ladder beside it; stored in results/.

  --cells NAMES   ${Object.keys(CELLS).join(", ")}, with commas between (rnn)
  --seeds N       seeds from 1 to N (1)
  --corpus NAME   a name of the catalogue in data/, or a path (timemachine)`,
  options: {
    cells: { type: "string", default: "rnn" },
    seeds: { type: "string", default: "1" },
    corpus: { type: "string", default: "timemachine" },
  },
  read: ({ values: { cells, seeds, corpus } }) => ({
    names: knownNames(cells, { name: "--cells", known: Object.keys(CELLS) }),
    seedCount: wholeNumber(seeds, { name: "--seeds", least: 1, most: 1_000_000 }),
    corpus,
  }),
});
const { names, seedCount } = flags;

await useBackend("wasm");
const corpus = await loadCorpus(flags.corpus);
const tokenizer = lettersTokenizer();
const ids = tokenizer.encode(corpus.text);
const { trainingWindows, validationWindows, unrollLength, batchSize, hiddenSize } = SETTINGS;
const windows = { unrollLength, batchSize };
const validation = slidingWindows(ids, {
  ...windows,
  windowCount: validationWindows,
  firstWindow: trainingWindows,
});
const counted = trainingWindows + unrollLength;
const ladder = ngramSweep(ids.slice(0, counted), ids.slice(counted, counted + 5_000), {
  vocabulary: tokenizer.vocabulary,
  testFollowsTraining: true,
});

const started = performance.now();
const seeds = Array.from({ length: seedCount }, (_, index) => index + 1);
const rows = [];
let engine = "";
for (const name of names) {
  for (const seed of seeds) {
    const { cell, learningRate, epochs } = CELLS[name];
    const draw = gaussian(SETTINGS.weightDeviation);
    const model = recurrentLanguageModel({
      vocabulary: tokenizer.vocabulary,
      cell,
      hiddenSize,
      initialisers: { input: draw, recurrent: draw, output: draw },
      forgetBias: 0,
      random: randomStream(seed, "initial weights"),
    });
    const schedule = slidingWindows(ids, { ...windows, windowCount: trainingWindows, seed });
    let trainLossNats = NaN;
    let seconds = 0;
    const settings = { maxGradientNorm: SETTINGS.maxGradientNorm, epochs };
    const options = { ...settings, optimizer: { kind: "sgd", learningRate } as const };
    for await (
      const record of train(model, schedule, { ...options, recordEvery: schedule.stepsPerEpoch })
    ) {
      ({ lossNats: trainLossNats, elapsedSeconds: seconds, engine } = record);
    }
    const result = await evaluate(model, validation);
    rows.push({
      cell: name,
      seed,
      learningRate,
      epochs,
      trainPerplexity: Math.exp(trainLossNats),
      validationPerplexity: Math.exp(result.lossNats),
      validationPerplexityByTimeStep: Object.fromEntries(
        SHOWN_TIME_STEPS.map((step) => [step, Math.exp(result.lossNatsByTimeStep[step - 1])]),
      ),
      seconds: Math.round(seconds * 10) / 10,
    });
    console.log(
      `${name} seed ${seed}: perplexity train ${Math.exp(trainLossNats).toFixed(2)}, ` +
        `validation ${Math.exp(result.lossNats).toFixed(2)} (${seconds.toFixed(1)} s)`,
    );
    model.dispose();
  }
}

console.log("\nWitten-Bell n-grams on the same characters, perplexity of the next 5,000:");
for (const { order, perplexity } of ladder) {
  console.log(`  order ${order}: ${perplexity.toFixed(2)}`);
}
const best = bestNgram(ladder);
console.log(`Counting's best: order ${best.order}, ${best.perplexity.toFixed(2)}.`);

await storeResult({
  name: `d2l_${corpus.name}`,
  command: `deno task d2l --cells ${
    names.join(",")
  } --seeds ${seeds.length} --corpus ${corpus.name}`,
  settings: { ...SETTINGS, corpus: corpus.name, sha256: corpus.sha256 },
  seeds,
  engine,
  seconds: (performance.now() - started) / 1000,
  values: { networks: rows, ngrams: ladder },
});
