import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { exhaustiveSearch } from "lib/decoding/exhaustive_search.ts";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

const vocabulary = createVocabulary([..."ab"]);
const model = ngramModel(Int32Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1), { vocabulary, order: 3 });

Deno.test("exhaustiveSearch() finds the likeliest of all V^L continuations", async () => {
  const { ids, logProbability } = await exhaustiveSearch(model, { promptIds: [1, 0], length: 3 });
  let best = -Infinity;
  for (let code = 0; code < 8; code++) {
    const text = Int32Array.of(1, 0, code >> 2 & 1, code >> 1 & 1, code & 1);
    const losses = model.tokenLosses(text).slice(1);
    best = Math.max(best, -losses.reduce((sum, loss) => sum + loss, 0));
  }
  assertEquals(ids, [0, 1, 0]);
  assertAlmostEquals(logProbability, best, 1e-6);
});

Deno.test("exhaustiveSearch() refuses what would take for ever", async () => {
  await assertRejects(
    () => exhaustiveSearch(model, { promptIds: [0], length: 30 }),
    RangeError,
    "2^30",
  );
});
