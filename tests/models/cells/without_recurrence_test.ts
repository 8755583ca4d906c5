import { assertEquals } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { withoutRecurrence } from "lib/models/cells/without_recurrence.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

Deno.test("withoutRecurrence() copies everything but the recurrent matrices, which are 0", async () => {
  await useBackend("wasm");
  const vocabulary = createVocabulary(["a", "b", "c"]);
  for (const cell of ["rnn-tanh", "gru", "lstm"] as const) {
    const model = recurrentLanguageModel({
      vocabulary,
      cell,
      hiddenSize: 4,
      layerCount: 2,
      random: randomStream(1, cell),
    });
    const copy = withoutRecurrence(model);
    assertEquals(copy.name, `${model.name}, U = 0`);
    for (const [name, variable] of Object.entries(copy.parameters)) {
      const values = variable.dataSync();
      if (name.endsWith("/recurrentWeights")) {
        assertEquals(values.every((value) => value === 0), true);
      } else assertEquals(values, model.parameters[name].dataSync());
    }
    copy.dispose();
    assertEquals(model.parameters["output/bias"].isDisposed, false);
    model.dispose();
  }
});
