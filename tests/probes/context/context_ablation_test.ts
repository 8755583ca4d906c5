import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { contextAblation, cutContextLosses } from "lib/probes/context/context_ablation.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { evenProcess } from "lib/sources/even_process.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { lettersVocabulary, smallModel } from "../../models/small_model.ts";

const vocabulary = createVocabulary(["0", "1"]);
const ids = evenProcess().sample(20_000, randomStream(1, "ids"));
const places = Array.from({ length: 2000 }, (_, index) => 10 + 9 * index);

Deno.test("contextAblation() of an n-gram stops falling at its window, and the whole context is its own loss", async () => {
  const model = ngramModel(ids, { vocabulary, order: 4 });
  const records = await contextAblation(model, ids, { visible: [1, 2, 3, 4, 8], places });
  assertEquals(records.map(({ visible }) => visible), [1, 2, 3, 4, 8]);
  assertEquals(
    records[0].lossNats > records[1].lossNats && records[1].lossNats > records[2].lossNats,
    true,
  );
  assertEquals(records[3].lossNats, records[2].lossNats);
  assertEquals(records[4].lossNats, records[2].lossNats);
  const losses = model.tokenLosses(ids);
  const expected = places.reduce((sum, place) => sum + losses[place - 1], 0) / places.length;
  assertAlmostEquals(records[4].lossNats, expected, 1e-5);
});

Deno.test("contextAblation() with nothing visible costs ln V, and refuses places without a past", async () => {
  const model = ngramModel(ids, { vocabulary, order: 2 });
  const [{ lossNats }] = await contextAblation(model, ids, { visible: [0], places });
  assertAlmostEquals(lossNats, Math.LN2, 1e-12);
  await assertRejects(
    () => contextAblation(model, ids, { visible: [11], places }),
    RangeError,
    "11 tokens before",
  );
  await assertRejects(
    () => contextAblation(model, ids, { visible: [1], places: [] }),
    RangeError,
    "0 places",
  );
});

const shortIds = Int32Array.from({ length: 40 }, (_, at) => (at * at + 3 * at) % 7);

Deno.test("cutContextLosses() starts afresh before every place, whatever the batch", async () => {
  const model = smallModel("gru");
  for (const batchSize of [1, 7, 128]) {
    const losses = await cutContextLosses(model, shortIds, { visible: 3, batchSize });
    assertEquals(losses.length, 39);
    for (let place = 1; place < shortIds.length; place++) {
      const seen = shortIds.slice(Math.max(0, place - 3), place + 1);
      assertAlmostEquals(losses[place - 1], (await model.tokenLosses(seen)).at(-1)!, 1e-6);
    }
  }
  model.dispose();
});

Deno.test("cutContextLosses() of a bigram do not change, and all visible is no cut", async () => {
  const bigram = ngramModel(shortIds, { vocabulary: lettersVocabulary(7), order: 2 });
  const whole = bigram.tokenLosses(shortIds);
  for (const visible of [1, 5, 39, 100]) {
    const losses = await cutContextLosses(bigram, shortIds, { visible });
    losses.forEach((loss, place) => assertAlmostEquals(loss, whole[place], 1e-5));
  }
});

Deno.test("cutContextLosses() have the mean that contextAblation() finds", async () => {
  const model = smallModel("lstm");
  const places = [5, 9, 20, 39];
  const [{ lossNats }] = await contextAblation(model, shortIds, { visible: [5], places });
  const losses = await cutContextLosses(model, shortIds, { visible: 5 });
  const mean = places.reduce((sum, place) => sum + losses[place - 1], 0) / 4;
  assertAlmostEquals(mean, lossNats, 1e-6);
  model.dispose();
});

Deno.test("cutContextLosses() refuses to show nothing", async () => {
  const model = ngramModel(shortIds, { vocabulary: lettersVocabulary(7), order: 1 });
  await assertRejects(
    () => cutContextLosses(model, shortIds, { visible: 0 }),
    RangeError,
    "0 tokens",
  );
});
