import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { contextAblation } from "lib/probes/context/context_ablation.ts";
import { cutContextLosses } from "lib/probes/context/cut_context_losses.ts";
import { lettersVocabulary, smallModel } from "../../models/small_model.ts";

const ids = Int32Array.from({ length: 40 }, (_, at) => (at * at + 3 * at) % 7);

Deno.test("cutContextLosses() starts afresh before every place, whatever the batch", async () => {
  const model = smallModel("gru");
  for (const batchSize of [1, 7, 128]) {
    const losses = await cutContextLosses(model, ids, { visible: 3, batchSize });
    assertEquals(losses.length, 39);
    for (let place = 1; place < ids.length; place++) {
      const seen = ids.slice(Math.max(0, place - 3), place + 1);
      assertAlmostEquals(losses[place - 1], (await model.tokenLosses(seen)).at(-1)!, 1e-6);
    }
  }
  model.dispose();
});

Deno.test("cutContextLosses() of a bigram do not change, and all visible is no cut", async () => {
  const bigram = ngramModel(ids, { vocabulary: lettersVocabulary(7), order: 2 });
  const whole = bigram.tokenLosses(ids);
  for (const visible of [1, 5, 39, 100]) {
    const losses = await cutContextLosses(bigram, ids, { visible });
    losses.forEach((loss, place) => assertAlmostEquals(loss, whole[place], 1e-5));
  }
});

Deno.test("cutContextLosses() have the mean that contextAblation() finds", async () => {
  const model = smallModel("lstm");
  const places = [5, 9, 20, 39];
  const [{ lossNats }] = await contextAblation(model, ids, { visible: [5], places });
  const losses = await cutContextLosses(model, ids, { visible: 5 });
  const mean = places.reduce((sum, place) => sum + losses[place - 1], 0) / 4;
  assertAlmostEquals(mean, lossNats, 1e-6);
  model.dispose();
});

Deno.test("cutContextLosses() refuses to show nothing", async () => {
  const model = ngramModel(ids, { vocabulary: lettersVocabulary(7), order: 1 });
  await assertRejects(() => cutContextLosses(model, ids, { visible: 0 }), RangeError, "0 tokens");
});
