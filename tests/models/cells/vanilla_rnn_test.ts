import { assertAlmostEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { identity, orthogonal, zeros } from "lib/models/initialisers.ts";
import { vanillaRnn } from "lib/models/cells/vanilla_rnn.ts";
import { randomStream } from "lib/random/random_stream.ts";

await useBackend("wasm");
const random = randomStream(1, "initial weights");

Deno.test("vanillaRnn() is phi(x W + h U + b) with the activation it is given", () => {
  const expected = { tanh: Math.tanh(-0.7), relu: 0, sigmoid: 1 / (1 + Math.exp(0.7)) };
  for (const activation of ["tanh", "relu", "sigmoid"] as const) {
    tf.tidy(() => {
      const options = { inputSize: 1, hiddenSize: 1, random, activation };
      const one = identity(1);
      const cell = vanillaRnn({ ...options, inputInitialiser: one, recurrentInitialiser: one });
      const state = [{ hiddenState: tf.tensor2d([[0.5]]) }];
      const { output } = cell.step(state, tf.tensor2d([[-1.2]]));
      assertAlmostEquals(output.dataSync()[0], expected[activation], 1e-6);
      cell.dispose();
    });
  }
});

Deno.test("vanillaRnn() that is linear, U = g x orthogonal, has ||d h_T / d h_0|| = g^T at T = 100", () => {
  // relu is linear on positive states: a large input keeps every unit positive.
  for (const [gain, norm] of [[0.95, 5.9205e-3], [1, 1], [1.05, 131.5]]) {
    tf.tidy(() => {
      const cell = vanillaRnn({
        inputSize: 1,
        hiddenSize: 4,
        activation: "relu",
        inputInitialiser: zeros(),
        recurrentInitialiser: orthogonal(gain),
        random,
      });
      cell.parameters["layer0/bias"].assign(tf.fill([4], 1e3));
      const direction = tf.tensor2d([[0.5, -0.5, 0.5, 0.5]]);
      const steps = 100;
      // The bias that keeps h at 1e3 under any U: b = h - h U.
      const fixed = tf.fill([1, 4], 1e3) as tf.Tensor2D;
      const product = tf.matMul(fixed, cell.parameters["layer0/recurrentWeights"] as tf.Tensor2D);
      cell.parameters["layer0/bias"].assign(tf.reshape(tf.sub(fixed, product), [4]));
      const end = (h: tf.Tensor) =>
        tf.sum(tf.mul(
          cell.sequence([{ hiddenState: h as tf.Tensor2D }], tf.zeros([steps, 1, 1])).state[0]
            .hiddenState,
          direction,
        )) as tf.Scalar;
      const gradient = tf.grad(end)(fixed);
      assertAlmostEquals(tf.norm(gradient).dataSync()[0], norm, 1e-3 * norm);
      cell.dispose();
    });
  }
});
