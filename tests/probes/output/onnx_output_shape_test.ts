import { assertEquals } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { onnxOutputShapes } from "lib/probes/output/onnx_output_shape.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

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
