import { assertEquals, assertInstanceOf } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { testOnWebgpu } from "./webgpu/on_webgpu.ts";
import { readTensors, whenReady } from "lib/kernels/read_tensor.ts";

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`readTensors() copies at once on ${backend}, so that later changes do not show`, async () => {
    await useBackend(backend);
    const variable = tf.variable(tf.tensor1d([1, 2]));
    const values = readTensors([variable, tf.scalar(3)]) as Float32Array[];
    values[0][0] = 9;
    assertEquals([...variable.dataSync()], [1, 2]);
    variable.assign(tf.tensor1d([5, 6]));
    assertEquals(values.map((array) => [...array]), [[9, 2], [3]]);
    variable.dispose();
  });
}

Deno.test("whenReady() goes on at once with a value, and later with a promise", async () => {
  assertEquals(whenReady(2, (value) => value + 1), 3);
  const later = whenReady(Promise.resolve(2), (value) => value + 1);
  assertInstanceOf(later, Promise);
  assertEquals(await later, 3);
});

testOnWebgpu("readTensors() promises copies on webgpu, one anew for each call", async () => {
  const tensor = tf.square(tf.range(0, 2000));
  const [first] = await readTensors([tensor]);
  first[3] = -1;
  const [second] = await readTensors([tensor]);
  assertEquals(second[3], 9);
  tensor.dispose();
});
