import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { type PairBatch, reversalTask } from "lib/sources/reversal_task.ts";

const task = reversalTask({ length: { from: 1, to: 4 }, letters: "abc" });

/** A row of ids as text, where the mask is 1. */
function textOf(ids: Int32Array, mask: Float32Array, { batchSize }: PairBatch, row: number) {
  let text = "";
  for (let at = row; at < ids.length; at += batchSize) {
    if (mask[at] === 1) text += task.vocabulary.tokens[ids[at]];
  }
  return text;
}

Deno.test("reversalTask() asks for every string backwards, with the target given one step late", () => {
  const batch = task.batch(50, randomStream(1, "strings"));
  assertEquals([batch.sourceSteps, batch.targetSteps], [6, 5]);
  for (let row = 0; row < 50; row++) {
    const source = textOf(batch.sourceIds, batch.sourceMask, batch, row);
    const target = textOf(batch.targetIds, batch.targetMask, batch, row);
    const given = textOf(batch.inputIds, batch.targetMask, batch, row);
    assert(/^\^[abc]{1,4}\$$/.test(source), source);
    assertEquals(target, [...source.slice(1, -1)].reverse().join("") + "$");
    assertEquals(given, "^" + target.slice(0, -1));
  }
});

Deno.test("reversalTask() fills up shorter strings at the end, with end markers that do not count", () => {
  const batch = task.batch(50, randomStream(1, "strings"));
  batch.sourceMask.forEach((mask, at) =>
    mask === 0 && assertEquals(batch.sourceIds[at], task.endId)
  );
  batch.targetMask.forEach((mask, at) =>
    mask === 0 && assertEquals(batch.targetIds[at], task.endId)
  );
  for (let at = 50; at < batch.sourceMask.length; at++) {
    assert(batch.sourceMask[at] <= batch.sourceMask[at - 50]);
  }
});

Deno.test("reversalTask() draws lengths and letters uniformly", () => {
  const batch = task.batch(4000, randomStream(2, "strings"));
  const tokens = batch.targetMask.reduce((sum, mask) => sum + mask, 0);
  assertAlmostEquals(tokens / 4000, 2.5 + 1, 0.06);
  const first = batch.sourceIds.slice(4000, 8000);
  for (const id of [2, 3, 4]) {
    assertAlmostEquals(first.filter((one) => one === id).length / 4000, 1 / 3, 0.03);
  }
});

Deno.test("reversalTask() of one length masks nothing and has 28 tokens unless told", () => {
  const fixed = reversalTask({ length: 7 });
  assertEquals(fixed.vocabulary.size, 28);
  const { sourceMask, targetMask } = fixed.batch(3, randomStream(1, "strings"));
  assertEquals([sourceMask.length, targetMask.length], [27, 24]);
  assert([...sourceMask, ...targetMask].every((mask) => mask === 1));
});

Deno.test("reversalTask() refuses empty strings and ranges that are none", () => {
  assertThrows(() => reversalTask({ length: 0 }), RangeError, "length 0");
  assertThrows(() => reversalTask({ length: { from: 5, to: 4 } }), RangeError, "length 4");
});
