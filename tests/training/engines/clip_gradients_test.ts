import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { clipGradients, globalNorm } from "lib/training/engines/clip_gradients.ts";
import { assertClose } from "../../kernels/assert_close.ts";
import { namedTensors, optimizerCases } from "../optimizer_cases.ts";

await useBackend("wasm");

for (const { maxGradientNorm, gradientNorm, clipped } of optimizerCases.clipping) {
  Deno.test(`clipGradients() to ${maxGradientNorm} is PyTorch's clip_grad_norm_`, () => {
    const gradients = namedTensors(optimizerCases.gradients[0]);
    const before = tf.memory().numTensors;
    const result = clipGradients(gradients, maxGradientNorm);
    assertAlmostEquals(result.gradientNorm.dataSync()[0], gradientNorm, 1e-6 * gradientNorm);
    for (const [name, expected] of Object.entries(clipped)) {
      assertClose(result.gradients[name].dataSync(), expected, { relative: 1e-6, what: name });
    }
    tf.dispose([result.gradients, result.gradientNorm]);
    assertEquals(tf.memory().numTensors, before);
  });
}

Deno.test("clipGradients() leaves gradients alone without a maximum, and small ones with it", () => {
  tf.tidy(() => {
    const gradients = { a: tf.tensor1d([3, 0]), b: tf.scalar(4) };
    assertEquals([...clipGradients(gradients).gradients.a.dataSync()], [3, 0]);
    assertEquals([...clipGradients(gradients, 5.1).gradients.a.dataSync()], [3, 0]);
    assertClose(clipGradients(gradients, 1).gradients.a.dataSync(), [0.6, 0], { relative: 1e-6 });
  });
});

Deno.test("globalNorm() is the length of all gradients laid end to end: 3 and 4 give 5", () => {
  const norm = tf.tidy(() =>
    globalNorm({ a: tf.tensor1d([3, 0]), b: tf.scalar(-4) }).dataSync()[0]
  );
  assertEquals(norm, 5);
});
