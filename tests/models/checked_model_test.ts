import { assertThrows } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { everyModel } from "lib/probes/output/every_model.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

await useBackend("wasm");

Deno.test("checkedModel() holds every model that steps to ids and batch sizes", async () => {
  const every = await everyModel({ vocabulary: createVocabulary([..."abc"]), seed: 1, longest: 4 });
  const stepping = every.trainable.filter(({ steps }) => steps).map(({ model }) => model);
  for (const model of [...stepping, ...every.stepwise]) {
    const state = model.initialState(1);
    for (const id of [3, -1, 1.5, NaN]) {
      const message =
        `id ${id} is outside the vocabulary of 3: its ids are the whole numbers from 0.`;
      assertThrows(() => model.step(state, [id]), RangeError, message);
    }
    for (const ids of [[], [0, 1, 2]]) {
      assertThrows(() => model.step(state, ids), RangeError, `1 sequences, got ${ids.length} ids`);
    }
    for (const size of [0, -1, 1.5, NaN]) {
      const message = `the batch size must be a whole number >= 1, got ${size}.`;
      assertThrows(() => model.initialState(size), RangeError, message);
    }
  }
  every.dispose();
});
