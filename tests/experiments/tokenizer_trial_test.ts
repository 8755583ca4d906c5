import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import {
  countTokens,
  cutsIntoEnough,
  tokenizerTrial,
  tokenizerTrials,
} from "lib/experiments/tokenizer_trial.ts";
import { byteTokenizer } from "lib/text/tokenizers/byte_tokenizer.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";
import { lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";
import { wordTokenizer } from "lib/text/tokenizers/word_tokenizer.ts";

await useBackend("cpu");

const text = "the cat sat on the mat; the rat ate the cat. ".repeat(20);
const options = {
  trainingText: text,
  validationText: text,
  cell: "gru",
  parameterCount: 3000,
  batchSize: 4,
  unrollLength: 10,
  learningRate: 0.02,
} as const;

Deno.test("countTokens() counts tokens, characters and used entries, and notices what is lost", () => {
  const counted = countTokens("Aé🙂", byteTokenizer());
  assertEquals(counted, {
    tokenizer: "bytes",
    vocabularySize: 256,
    tokensUsed: 7,
    tokens: 7,
    characters: 3,
    charactersPerToken: 3 / 7,
    isLossless: true,
  });
  assertEquals(countTokens("Aé", lettersTokenizer()).isLossless, false);
});

Deno.test("cutsIntoEnough() wants 20 tokens of either text", () => {
  const words = wordTokenizer("cat");
  const [fewer, enough] = [19, 20].map((count) => " cat".repeat(count));
  const ask = (trainingText: string, validationText: string) =>
    cutsIntoEnough(words, { trainingText, validationText });
  assertEquals([ask(enough, enough), ask(fewer, enough), ask(enough, fewer)], [true, false, false]);
  assertEquals(ask(enough, "cat".repeat(500)), false);
});

Deno.test("tokenizerTrial() keeps to its parameters and reads the characters it is given", async () => {
  const tokenizer = characterTokenizer(text);
  const trial = await tokenizerTrial(tokenizer, {
    ...options,
    budget: { characters: 800 },
    seed: 1,
  });
  assert(trial.parameterCount <= 3000 && trial.parameterCount > 2800);
  assertEquals([trial.trainingSteps, trial.charactersRead], [20, 800]);
  assertAlmostEquals(trial.bitsPerChar, trial.lossNats / Math.LN2, 1e-12);
  assert(trial.lossNats < Math.log(tokenizer.vocabulary.size));
});

Deno.test("tokenizerTrial() reads a short text in fewer and shorter windows, and as many characters", async () => {
  const trial = await tokenizerTrial(characterTokenizer(text), {
    ...{ ...options, trainingText: text.slice(0, 25), validationText: text.slice(0, 8) },
    ...{ budget: { characters: 800 }, seed: 1 },
  });
  assertEquals([trial.trainingSteps, trial.charactersRead], [40, 800]); // 2 streams of 10
  assert(trial.lossNats > 0 && trial.lossNats < 1); // it has learnt them by heart
});

Deno.test("tokenizerTrials() spend equal multiply-adds on tokenizers of different size", async () => {
  const trials = await tokenizerTrials([characterTokenizer(text), lettersTokenizer()], {
    ...options,
    budget: { multiplyAdds: 5e6 },
    seeds: [1, 2],
  });
  assertEquals(trials.map((runs) => runs.length), [2, 2]);
  for (const { multiplyAdds } of trials.flat()) assertAlmostEquals(multiplyAdds / 5e6, 1, 0.05);
  assert(trials[0][0].bitsPerChar !== trials[0][1].bitsPerChar);
});
