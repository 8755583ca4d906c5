import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { crossEntropy } from "lib/training/engines/cross_entropy.ts";
import { assertClose } from "../../kernels/assert_close.ts";

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`crossEntropy() is -log softmax of the target in nats, its gradient softmax - one-hot, on ${backend}`, async () => {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const logits = tf.tensor2d([Math.log(1), Math.log(2), Math.log(5), 0, 0, 0], [2, 3]);
      const losses = crossEntropy(logits, Int32Array.of(2, 0));
      assertClose(losses.dataSync(), [-Math.log(5 / 8), Math.log(3)], { relative: 1e-6 });
      const total = (rows: tf.Tensor) =>
        tf.sum(crossEntropy(rows as tf.Tensor2D, Int32Array.of(2, 0))) as tf.Scalar;
      const gradient = tf.grad(total)(logits).dataSync();
      const third = 1 / 3;
      assertClose(gradient, [1 / 8, 2 / 8, 5 / 8 - 1, third - 1, third, third], { relative: 1e-5 });
    });
    assertEquals(tf.memory().numTensors, before);
  });
}

Deno.test("crossEntropy() stands large logits, and refuses a target outside the vocabulary", () => {
  tf.tidy(() => {
    const logits = tf.tensor2d([1000, 990], [1, 2]);
    assertAlmostEquals(crossEntropy(logits, Int32Array.of(1)).dataSync()[0], 10.0000454, 1e-4);
    assertThrows(() => crossEntropy(logits, Int32Array.of(2)), RangeError, "id 2");
  });
});
