import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { placesById, tableGradient } from "lib/kernels/webgpu/table_gradient.ts";
import { testOnWebgpu } from "./on_webgpu.ts";

Deno.test("placesById() sorts the places by their id, ascending within one", () => {
  const sorted = placesById(Int32Array.of(2, 0, 2, 2, 0), 4);
  assertEquals([...sorted.subarray(0, 5)], [5, 7, 7, 10, 10]);
  assertEquals([...sorted.subarray(5)], [1, 4, 0, 2, 3]);
});

testOnWebgpu(
  "tableGradient() sums the gradients of the places that took a row; rows not taken get 0",
  async () => {
    const ids = Int32Array.of(2, 0, 2);
    const gradients = tf.tensor1d([1, 2, 10, 20, 100, 200, 7777]); // [3, 2], and something behind it
    const places = tf.tensor1d(placesById(ids, 4), "int32");
    const found = tableGradient(gradients, { places, rows: 4, width: 2 });
    assertEquals([...await found.data()], [10, 20, 0, 0, 101, 202, 0, 0]);
    tf.dispose([gradients, places, found]);
  },
);

testOnWebgpu("tableGradient() covers a width that is no multiple of its workgroup", async () => {
  const width = 131, ids = Int32Array.of(1, 1);
  const gradients = tf.ones([2 * width]) as tf.Tensor1D;
  const places = tf.tensor1d(placesById(ids, 2), "int32");
  const found = tableGradient(gradients, { places, rows: 2, width });
  const values = await found.data();
  assertEquals([...values], [...Array(width).fill(0), ...Array(width).fill(2)]);
  tf.dispose([gradients, places, found]);
});
