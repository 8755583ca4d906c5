import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { idsOfOneHot, oneHotRows } from "lib/kernels/one_hot.ts";

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`oneHotRows() gives float rows of the identity on ${backend}`, async () => {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    const rows = oneHotRows(Int32Array.of(2, 0, 2), 3);
    assertEquals([rows.dtype, rows.shape], ["float32", [3, 3]]);
    assertEquals([...rows.dataSync()], [0, 0, 1, 1, 0, 0, 0, 0, 1]);
    rows.dispose();
    assertEquals(tf.memory().numTensors, before);
  });
}

Deno.test("oneHotRows() refuses an id that has no row, where tfjs gives a row of zeros", () => {
  for (const id of [3, -1]) {
    assertThrows(() => oneHotRows(Int32Array.of(0, id), 3), RangeError, `id ${id}`);
  }
});

Deno.test("idsOfOneHot() knows the ids of rows in any shape, and of nothing else", async () => {
  await useBackend("cpu");
  const ids = Int32Array.of(2, 0);
  const rows = oneHotRows(ids, 3);
  assertEquals(idsOfOneHot(tf.reshape(rows, [2, 1, 3])), ids);
  assertEquals(idsOfOneHot(tf.mul(rows, 2)), undefined);
});
