import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { contextAblation } from "lib/probes/context/context_ablation.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { evenProcess } from "lib/sources/even_process.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

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
