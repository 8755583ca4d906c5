import { assertEquals, assertThrows } from "@std/assert";
import { epochPlace, requireCounts, requireIds } from "lib/text/windows/window.ts";

Deno.test("epochPlace() counts epochs and the steps within them from 0", () => {
  assertEquals(epochPlace(0, 7), { epoch: 0, stepInEpoch: 0 });
  assertEquals(epochPlace(20, 7), { epoch: 2, stepInEpoch: 6 });
});

Deno.test("epochPlace() refuses what is not a training step", () => {
  for (const trainingStep of [-1, 0.5, NaN]) {
    assertThrows(() => epochPlace(trainingStep, 7), RangeError, `got ${trainingStep}`);
  }
});

Deno.test("requireCounts() names the setting that is no count", () => {
  requireCounts({ batchSize: 1, unrollLength: 9 });
  assertThrows(
    () => requireCounts({ batchSize: 1, unrollLength: 0 }),
    RangeError,
    "unrollLength must be a whole number of at least 1, got 0",
  );
});

Deno.test("requireIds() refuses a text where its ids are asked for", () => {
  requireIds(Int32Array.of(1, 2));
  assertThrows(
    () => requireIds("a text" as unknown as Int32Array),
    TypeError,
    "as tokenizer.encode(text) gives them, got a string",
  );
});
