import { assertEquals } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { outputShapes } from "lib/probes/output/output_shape.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";

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
