import { assertEquals, assertRejects } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { resumedPredictions } from "lib/probes/truth/resumed_prediction.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

const vocabulary = createVocabulary(["a", "b", "c"]);
const random = randomStream(1, "text");
const ids = Int32Array.from({ length: 20 }, () => Math.floor(random() * 3));

Deno.test("resumedPredictions() finds the same bits in every cell, and the size of the state", async () => {
  await useBackend("wasm");
  for (
    const { cell, numbers } of [{ cell: "rnn-tanh", numbers: 5 }, { cell: "gru", numbers: 5 }, {
      cell: "lstm",
      numbers: 10,
    }] as const
  ) {
    const model = recurrentLanguageModel({
      vocabulary,
      cell,
      hiddenSize: 5,
      random: randomStream(1, cell),
    });
    const records = await resumedPredictions(model, ids, { savedAfter: [0, 1, 19] });
    assertEquals(
      records,
      [0, 1, 19].map((savedAfter) => ({
        savedAfter,
        readOn: 20 - savedAfter,
        greatestDifference: 0,
        stateNumbers: numbers,
      })),
    );
    model.dispose();
  }
});

Deno.test("resumedPredictions() notices an LSTM's state kept without its cell", async () => {
  await useBackend("wasm");
  const model = recurrentLanguageModel({
    vocabulary,
    cell: "lstm",
    hiddenSize: 5,
    random: randomStream(1, "lstm"),
  });
  const [{ greatestDifference }] = await resumedPredictions(model, ids, {
    savedAfter: [18],
    keep: (state) => ({ ...state, cellState: new Float32Array(5) }),
  });
  assertEquals(greatestDifference > 1e-3, true);
  model.dispose();
});

Deno.test("resumedPredictions() holds for counts, and refuses a cut outside the text", async () => {
  const model = ngramModel(ids, { vocabulary, order: 3 });
  const records = await resumedPredictions(model, ids, { savedAfter: [5] });
  assertEquals(records[0].greatestDifference, 0);
  await assertRejects(
    () => resumedPredictions(model, ids, { savedAfter: [20] }),
    RangeError,
    "saved after 20",
  );
  await assertRejects(
    () => resumedPredictions(model, new Int32Array(0), { savedAfter: [] }),
    RangeError,
  );
});
