/**
 * A small GPT against a GRU on a whole corpus: `deno task gpt-run`.
 *
 * Equal weights, and equal windows or equal work (multiply-adds of the matrix products). First 90 % of
 * the characters for training, last 10 % for validation, Witten-Bell n-grams of order 1 to 7 beside
 * them. Each network starts at its own learning rate, which falls twice. Options: --corpus NAME
 * --updates 2000 --seed 1 --resume (goes on from the checkpoints in out/gpt_run, made under the same
 * settings). A checkpoint is written every tenth of a run.
 */
import { useBackend } from "lib/kernels/backend.ts";
import { causalTransformer } from "lib/models/transformer/causal_transformer.ts";
import { fittingHiddenSize } from "lib/models/fitting_hidden_size.ts";
import { ngramSweep } from "lib/models/ngrams/ngram_sweep.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import { multiplyAdds, transformerMultiplyAdds } from "lib/probes/cost/multiply_adds.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";
import { loadCorpus } from "lib/text/corpus.ts";
import { slidingWindows } from "lib/text/windows/sliding_windows.ts";
import { splitContiguous } from "lib/text/split.ts";
import { commandLine, wholeNumber } from "tools/command/command_line.ts";
import { runInStages, type StagedRun } from "tools/results/staged_run.ts";
import { storeResult } from "tools/results/stored_result.ts";

const flags = commandLine({
  task: "gpt-run",
  usage: `deno task gpt-run [OPTION ...]

A small GPT against a GRU on a whole corpus, at equal weights and equal work; stored in results/.

  --corpus NAME   a name of the catalogue in data/, or a path (tinyshakespeare)
  --updates N     updates of the GPT (2000)
  --seed N        seed of weights and windows (1)
  --resume        go on from the checkpoints in out/gpt_run, made under the same settings`,
  options: {
    corpus: { type: "string", default: "tinyshakespeare" },
    updates: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    resume: { type: "boolean", default: false },
  },
  read: ({ values }) => ({
    ...values,
    updates: wholeNumber(values.updates, { name: "--updates", least: 1 }),
    seed: wholeNumber(values.seed, { name: "--seed", least: 0 }),
  }),
});
const { seed, updates } = flags;

await useBackend("wasm");
const corpus = await loadCorpus(flags.corpus);
const { vocabulary, encode } = characterTokenizer(corpus.text);
const parts = splitContiguous(encode(corpus.text), { training: 0.9, validation: 0.1 });
const ngrams = ngramSweep(parts.training, parts.validation, {
  vocabulary,
  maxOrder: 7,
  testFollowsTraining: true,
});

const random = () => randomStream(seed, "initial weights");
const gptSize = { embeddingSize: 48, blockCount: 2, headCount: 4, contextLength: 64 };
// Drawn at 0.1: at GPT-2's 0.02 so small a network spends its first updates on growing.
const gpt = causalTransformer({ vocabulary, ...gptSize, deviation: 0.1, random: random() });
const inputSize = vocabulary.size;
const io = { inputSize, outputSize: inputSize, layerCount: 1, biasesPerGate: 1 } as const;
const { parameterCount } = gpt;
const hiddenSize = fittingHiddenSize({ cell: "gru", ...io, parameterCount });
const gru = () => recurrentLanguageModel({ vocabulary, cell: "gru", hiddenSize, random: random() });
const work = {
  gpt: transformerMultiplyAdds(gptSize, vocabulary.size),
  gru: multiplyAdds({ cell: "gru", ...io, hiddenSize }).training,
};

const settings = {
  corpus: flags.corpus,
  updates,
  gpt: gptSize,
  hiddenSize,
  windows: { unrollLength: 64, batchSize: 16 },
  learningRates: { gpt: 3e-3, gru: 5e-3 },
  stages: [{ factor: 1, share: 0.6 }, { factor: 0.3, share: 0.25 }, { factor: 0.1, share: 0.15 }],
  maxGradientNorm: 1,
  optimizer: "adam",
  split: "first 90 % training, last 10 % validation",
  sha256: corpus.sha256,
};
const { unrollLength } = settings.windows;
const schedule = slidingWindows(parts.training, {
  ...settings.windows,
  windowCount: parts.training.length - unrollLength - 1,
  seed,
});
const longer = Math.round(updates * work.gpt / work.gru);
const contests: { name: string; model: AnyTrainableModel; updates: number }[] = [
  { name: gpt.name, model: gpt, updates },
  { name: `GRU ${hiddenSize}, equal windows`, model: gru(), updates },
  { name: `GRU ${hiddenSize}, equal work`, model: gru(), updates: longer },
];
const started = performance.now();
const runs: StagedRun[] = [];
for (const { name, model, updates } of contests) {
  const { learningRates, stages, maxGradientNorm } = settings;
  runs.push(
    await runInStages(model, {
      ...{ name, updates, schedule, stages, maxGradientNorm, seed },
      learningRate: model === gpt ? learningRates.gpt : learningRates.gru,
      validation: parts.validation,
      resume: flags.resume,
      checkpoints: new URL("../../out/gpt_run/", import.meta.url),
      settings,
    }),
  );
  model.dispose();
}
await storeResult({
  name: `${corpus.name}_gpt`,
  command: `deno task gpt-run --corpus ${corpus.name} --updates ${updates}`,
  settings: { ...settings, vocabularySize: vocabulary.size, parameters: parameterCount, work },
  seeds: [seed],
  engine: [...new Set(runs.map(({ engine }) => engine))].join("; "),
  seconds: (performance.now() - started) / 1000,
  values: { ngrams, runs },
});
