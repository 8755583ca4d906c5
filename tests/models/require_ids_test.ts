import { assertRejects, assertThrows } from "@std/assert";
import { requireIds } from "lib/models/require_ids.ts";
import { smallModel } from "./small_model.ts";

Deno.test("requireIds() refuses ids that are not one per sequence, or outside the vocabulary", async () => {
  const model = smallModel("gru");
  const state = model.initialState(1);
  assertThrows(
    () => requireIds(model, [1, 2], 1),
    RangeError,
    "the state is for 1 sequences, got 2",
  );
  for (const id of [7, -1, NaN]) {
    assertThrows(
      () => model.step(state, [id]),
      RangeError,
      `id ${id} is outside the vocabulary of 7`,
    );
  }
  await assertRejects(
    () => Promise.resolve(model.tokenLosses(Int32Array.of(1))),
    RangeError,
    "got 1",
  );
  await assertRejects(
    () => Promise.resolve(model.tokenLosses(Int32Array.of(1, 2, 7))),
    RangeError,
    "id 7",
  );
});
