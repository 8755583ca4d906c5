import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { sample } from "lib/decoding/sample.ts";
import { type LectureText, lectureText } from "lib/lecture/lecture_text.ts";
import { lossFloors } from "lib/models/ngrams/ngram_sweep.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { cutsIntoEnough, tokenizerTrial } from "lib/experiments/tokenizer_trial.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { bytePairTokenizer } from "lib/text/tokenizers/byte_pair_tokenizer.ts";
import { byteTokenizer } from "lib/text/tokenizers/byte_tokenizer.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";
import { countCharacters } from "lib/text/corpus_file.ts";
import { fittingStreamWindows } from "lib/text/windows/stream_windows.ts";
import type { Tokenizer } from "lib/text/tokenizers/tokenizer.ts";
import { trainBytePairs } from "lib/text/tokenizers/train_byte_pairs.ts";
import { wordTokenizer } from "lib/text/tokenizers/word_tokenizer.ts";
import { evaluate } from "lib/training/evaluate.ts";
import { train } from "lib/training/train.ts";

/** First code point and how many follow, of alphabets with and without case, spaces and planes. */
const ranges = [
  [0x61, 26],
  [0x41, 58],
  [0x30, 10],
  [0x20, 95],
  [0x430, 32],
  [0x5d0, 27],
  [0x915, 60],
  [0x4e00, 3000],
  [0x10428, 40],
  [0x1f600, 50],
  [0x21, 2],
] as const;

const anyText = fc.record({
  range: fc.constantFrom(...ranges),
  kinds: fc.integer({ min: 1, max: 400 }),
  length: fc.integer({ min: 400, max: 2500 }),
  spaces: fc.constantFrom(0, 0.02, 0.2, 0.6),
  period: fc.constantFrom(1, 2, 3, 50, Infinity),
  seed: fc.nat(1000),
}).map(({ range: [first, count], kinds, length, spaces, period, seed }) => {
  const random = randomStream(seed, "any text");
  const draw = () =>
    random() < spaces
      ? " \n"[Math.floor(random() * 2)]
      : String.fromCodePoint(first + Math.floor(random() * Math.min(kinds, count)));
  const once = Array.from({ length: Math.min(length, period) }, draw);
  return Array.from({ length }, (_, at) => once[at % once.length]).join("");
});

/** The text as the lecture reads it; undefined where the gate refuses it with a sentence. */
function letThrough(text: string): LectureText | undefined {
  const about = { name: "any", title: "Any", source: "", licence: "", sha256: "" };
  try {
    return lectureText({ ...about, text, characters: countCharacters(text) });
  } catch (error) {
    assert(
      error instanceof RangeError && /^Cannot run the lecture on this text: it/.test(error.message),
    );
  }
}

/** What each notebook trains its own model of the text with. */
const settings = [
  { cell: "gru", hiddenSize: 64, windows: [16, 32], judged: [4, 32] },
  { cell: "rnn-tanh", hiddenSize: 48, windows: [16, 32], judged: [8, 32] },
  { cell: "lstm", hiddenSize: 48, windows: [16, 64], judged: [16, 64] },
  { cell: "gru", hiddenSize: 48, windows: [8, 64], judged: [4, 64] },
] as const;

async function trainEvaluateSample(
  { trainingText, validationText, opening }: LectureText,
  { tokenizer, at }: { tokenizer: Tokenizer; at: number },
): Promise<number> {
  const { windows, judged, ...size } = settings[at];
  const random = randomStream(1, "initial weights");
  const model = recurrentLanguageModel({ vocabulary: tokenizer.vocabulary, ...size, random });
  const sizes = ([batchSize, unrollLength]: readonly [number, number]) => ({
    batchSize,
    unrollLength,
  });
  const schedule = fittingStreamWindows(tokenizer.encode(trainingText), sizes(windows));
  const validation = fittingStreamWindows(tokenizer.encode(validationText), sizes(judged));
  const run = { optimizer: { kind: "adam", learningRate: 0.01 }, trainingSteps: 3 } as const;
  await Array.fromAsync(train(model, schedule, { ...run, validation, evaluateEvery: 2 }));
  const promptIds = tokenizer.encode(opening);
  const { ids } = await sample(model, { promptIds, length: 20, random });
  assertEquals(tokenizer.encode(tokenizer.decode(ids)).length > 0, true);
  const { lossNats } = await evaluate(model, validation);
  model.dispose();
  return lossNats;
}

Deno.test("any text that the gate lets through trains, evaluates and samples in every notebook's settings", async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const read = letThrough(text);
      if (read === undefined) return;
      const characters = characterTokenizer(text + read.opening);
      for (const at of settings.keys()) {
        const tokenizer = at === 3 ? characters : read.letters;
        const lossNats = await trainEvaluateSample(read, { tokenizer, at });
        assert(Number.isFinite(lossNats) && lossNats > 0, `a loss of ${lossNats}`);
      }
      const [training, held] = [read.trainingText, read.validationText].map(read.letters.encode);
      const { vocabulary } = read.letters;
      const floors = lossFloors(training, held, { vocabulary, testFollowsTraining: true });
      assert(floors.every(({ lossNats }) => lossNats >= 0 && lossNats < 20));
    }),
    { numRuns: 30, seed: 1 },
  );
});

Deno.test("any text that the gate lets through is cut by every tokenizer, and each gets a model", async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const read = letThrough(text);
      if (read === undefined) return;
      const { trainingText, validationText, letters } = read;
      const pairs = bytePairTokenizer(trainBytePairs(trainingText, { mergeCount: 64 }));
      const tokenizers = [
        ...[letters, characterTokenizer(text), byteTokenizer(), pairs],
        wordTokenizer(trainingText, { vocabularySize: 64 }),
      ].filter((tokenizer) => cutsIntoEnough(tokenizer, read));
      const budget = { characters: 1000 };
      const windows = { batchSize: 16, unrollLength: 32, learningRate: 0.01 };
      const model = { cell: "gru", parameterCount: 60_000 } as const;
      for (const tokenizer of tokenizers) {
        const options = { trainingText, validationText, ...model, ...windows, budget, seed: 1 };
        const { bitsPerChar } = await tokenizerTrial(tokenizer, options);
        assert(
          Number.isFinite(bitsPerChar),
          `${tokenizer.name}: ${bitsPerChar} bits per character`,
        );
      }
    }),
    { numRuns: 8, seed: 1 },
  );
});
