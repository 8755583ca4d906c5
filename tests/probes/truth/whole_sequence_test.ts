import { assertEquals, assertRejects } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { wholeSequenceDifference } from "lib/probes/truth/whole_sequence.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

Deno.test("wholeSequenceDifference() is 0 to the last bit in every cell", async () => {
  await useBackend("wasm");
  const vocabulary = createVocabulary([..."abcdefgh"]);
  const random = randomStream(1, "ids");
  const ids = Int32Array.from({ length: 150 }, () => Math.floor(random() * 8));
  for (const cell of ["rnn-tanh", "gru", "lstm"] as const) {
    const model = recurrentLanguageModel({
      vocabulary,
      cell,
      hiddenSize: 20,
      random: randomStream(1, cell),
    });
    assertEquals(await wholeSequenceDifference(model, ids), 0);
    await assertRejects(
      () => wholeSequenceDifference(model, ids.subarray(0, 0)),
      RangeError,
      "no token",
    );
    model.dispose();
  }
});
