import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { withoutRecurrence } from "lib/models/cells/without_recurrence.ts";
import { tokenSensitivity, totalVariation } from "lib/probes/context/token_sensitivity.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

const vocabulary = createVocabulary(["a", "b", "c"]);
const random = randomStream(1, "text");
const text = Int32Array.from({ length: 4000 }, () => Math.floor(random() * 3));
const contexts = [text.slice(0, 8), text.slice(50, 58), text.slice(90, 98)];

Deno.test("totalVariation() is the share of probability that moved", () => {
  assertAlmostEquals(totalVariation([0.5, 0.5, 0], [0.25, 0.5, 0.25]), 0.25, 1e-15);
  assertEquals(totalVariation([1, 0], [0, 1]), 1);
});

Deno.test("tokenSensitivity() of an n-gram is above 0 inside its window and exactly 0 past it", async () => {
  for (const order of [1, 2, 4]) {
    const model = ngramModel(text, { vocabulary, order });
    const records = await tokenSensitivity(model, contexts, { random: randomStream(1, "other") });
    assertEquals(records.map(({ distance }) => distance), [0, 1, 2, 3, 4, 5, 6, 7]);
    assertEquals(
      records.map(({ greatestChange }) => greatestChange > 0),
      records.map(({ distance }) => distance < order - 1),
    );
    assertEquals(
      records.map(({ changedShare }) => changedShare),
      records.map(({ distance }) => distance < order - 1 ? 1 : 0),
    );
  }
});

Deno.test("tokenSensitivity() of an RNN reaches every token, without its recurrent matrix the last only", async () => {
  await useBackend("wasm");
  const model = recurrentLanguageModel({
    vocabulary,
    cell: "rnn-tanh",
    hiddenSize: 6,
    random: randomStream(1, "weights"),
  });
  const copy = withoutRecurrence(model);
  const ask = { random: randomStream(1, "other") };
  const records = await tokenSensitivity(model, contexts, ask);
  assertEquals(records.every(({ leastChange }) => leastChange > 0), true);
  assertEquals(
    records.every(({ leastChange, meanChange, greatestChange }) =>
      leastChange <= meanChange && meanChange <= greatestChange
    ),
    true,
  );
  const cut = await tokenSensitivity(copy, contexts, ask);
  assertEquals(cut.map(({ greatestChange }) => greatestChange > 0), [
    true,
    ...new Array(7).fill(false),
  ]);
  copy.dispose();
  model.dispose();
});

Deno.test("tokenSensitivity() refuses contexts of different length", async () => {
  const model = ngramModel(text, { vocabulary, order: 2 });
  await assertRejects(
    () => tokenSensitivity(model, [text.slice(0, 3), text.slice(0, 4)], { random }),
    RangeError,
  );
  await assertRejects(() => tokenSensitivity(model, [], { random }), RangeError, "0 contexts");
});
