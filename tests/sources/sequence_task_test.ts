import { assertEquals, assertThrows } from "@std/assert";
import { requireLength, wrongShare } from "lib/sources/sequence_task.ts";

Deno.test("wrongShare() counts the places that count alone", () => {
  const batch = {
    timeSteps: 3,
    batchSize: 1,
    targetIds: Int32Array.of(0, 1, 1),
    mask: Float32Array.of(0, 1, 1),
  };
  const outputs = [0, 9, 0, 9, 9, 0];
  assertEquals(wrongShare(batch, { outputs, outputSize: 2 }), 0.5);
});

Deno.test("requireLength() names the task and what it needs", () => {
  assertThrows(() => requireLength("adding", 1.5, 2), RangeError, "adding task: length 1.5");
});
