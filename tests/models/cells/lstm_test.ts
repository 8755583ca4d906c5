import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { zeros } from "lib/models/initialisers.ts";
import { lstm } from "lib/models/cells/lstm.ts";

await useBackend("wasm");

function silentLstm(forgetBias: number) {
  const silent = { inputInitialiser: zeros(), recurrentInitialiser: zeros(), random: () => 0 };
  return lstm({ inputSize: 1, hiddenSize: 2, forgetBias, ...silent });
}

Deno.test("lstm() puts the forget bias on the second gate of i f g o", () => {
  assertEquals([...silentLstm(3).parameters["layer0/bias"].dataSync()], [0, 0, 3, 3, 0, 0, 0, 0]);
});

Deno.test("lstm() with its input closed has d c_T / d c_0 = sigmoid(forget bias)^T", () => {
  const [T, before] = [20, tf.memory().numTensors];
  for (const forgetBias of [0, 1, 2, 3, 5]) {
    tf.tidy(() => {
      const cell = silentLstm(forgetBias);
      // A candidate of 0 closes the input.
      const end = (c: tf.Tensor) => {
        const state = [{
          hiddenState: tf.zeros([1, 2]) as tf.Tensor2D,
          cellState: c as tf.Tensor2D,
        }];
        return tf.sum(cell.sequence(state, tf.zeros([T, 1, 1])).state[0].cellState!) as tf.Scalar;
      };
      const gradient = tf.grad(end)(tf.tensor2d([[0.5, -2]])).dataSync();
      const kept = (1 / (1 + Math.exp(-forgetBias))) ** T;
      assertAlmostEquals(gradient[0], kept, 1e-5 * kept);
      assertAlmostEquals(gradient[1], kept, 1e-5 * kept);
      cell.dispose();
    });
  }
  assertEquals(tf.memory().numTensors, before);
});
