import { assertEquals } from "@std/assert";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { nonWordsDuringTraining } from "lib/experiments/non_words_during_training.ts";
import { wordSet } from "lib/probes/writing/words.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";

Deno.test("nonWordsDuringTraining() probes at every record; a text of one word is soon spelt right", async () => {
  const text = "bell ".repeat(60);
  const tokenizer = characterTokenizer(text);
  const random = randomStream(1, "weights");
  const { vocabulary } = tokenizer;
  const model = recurrentLanguageModel({ vocabulary, cell: "gru", hiddenSize: 12, random });
  const points = await nonWordsDuringTraining(model, {
    schedule: streamWindows(tokenizer.encode(text), { batchSize: 4, unrollLength: 16 }),
    training: {
      optimizer: { kind: "adam", learningRate: 0.03 },
      trainingSteps: 100,
      recordEvery: 50,
    },
    random: () => randomStream(1, "probe"),
    writing: { tokenizer, prompt: "b", length: 200, known: wordSet(text) },
  });
  assertEquals(points.map(({ x }) => x), [50, 100]);
  assertEquals(points[1].y < 0.05, true);
  model.dispose();
});
