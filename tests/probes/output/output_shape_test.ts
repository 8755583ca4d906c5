import { assertEquals } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { onnxOutputShapes, outputShapes } from "lib/probes/output/output_shape.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

await useBackend("cpu");

Deno.test("outputShapes() counts 28 scores a position, from both engines, on every window", async () => {
  const { vocabulary } = lettersTokenizer();
  const random = randomStream(1, "initial weights");
  const models = (["gru", "rnn-relu"] as const).map((cell) =>
    recurrentLanguageModel({ vocabulary, cell, hiddenSize: 5, random })
  );
  const windows = [{ timeSteps: 3, batchSize: 2 }, { timeSteps: 1, batchSize: 4 }];
  const shapes = await outputShapes(models, { windows, engines: ["tfjs", "fused"] });
  assertEquals(
    shapes.map(({ model, timeSteps, batchSize, scores }) => [model, timeSteps, batchSize, scores]),
    [
      ["GRU 5", 3, 2, 28],
      ["GRU 5", 1, 4, 28],
      ["GRU 5", 3, 2, 28],
      ["GRU 5", 1, 4, 28],
      ["RNN relu 5", 3, 2, 28],
      ["RNN relu 5", 1, 4, 28],
      ["RNN relu 5", 3, 2, 28],
      ["RNN relu 5", 1, 4, 28],
    ],
  );
  assertEquals(shapes[0].engine, "tfjs cpu");
  assertEquals(shapes[2].engine.startsWith("Fused"), true);
  models.forEach((model) => model.dispose());
});

await useBackend("cpu");

Deno.test("onnxOutputShapes() counts as many scores as the file declares and the vocabulary has", async () => {
  const vocabulary = createVocabulary([..."abcdefg"]);
  const model = recurrentLanguageModel({
    vocabulary,
    cell: "lstm",
    hiddenSize: 4,
    random: randomStream(1, "weights"),
  });
  const windows = [{ timeSteps: 3, batchSize: 2 }, { timeSteps: 1, batchSize: 5 }];
  const shapes = await onnxOutputShapes([model], { windows });
  assertEquals(shapes.map(({ timeSteps, batchSize, scores }) => [timeSteps, batchSize, scores]), [
    [3, 2, 7],
    [1, 5, 7],
  ]);
  assertEquals(shapes[0].declared, "time × batch × 7");
  model.dispose();
});
