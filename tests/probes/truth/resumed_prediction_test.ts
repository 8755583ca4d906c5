import { assertEquals, assertRejects } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import {
  resumedPredictions,
  wholeSequenceDifference,
} from "lib/probes/truth/resumed_prediction.ts";
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
