import { assertEquals, assertMatch } from "@std/assert";
import * as tf from "@tensorflow/tfjs";

Deno.test("tfjs computes on the CPU as it comes, differentiates, and knows its release", async () => {
  assertEquals(Object.keys(tf.engine().registryFactory).includes("cpu"), true);
  const cube = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(tf.square(x), x)));
  assertEquals([...await cube(tf.tensor1d([1, 2])).data()], [3, 12]);
  assertMatch(tf.version.tfjs, /^4\.\d+\.\d+$/);
});
