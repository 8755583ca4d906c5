import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { sequenceGradients } from "lib/kernels/webgpu/sequence_gradients.ts";
import { testOnWebgpu } from "./on_webgpu.ts";

testOnWebgpu(
  "sequenceGradients() gathers weights' gradients over all time steps, tokens' by their id",
  async () => {
    const gradients = sequenceGradients(tf.tensor3d([1, 1], [2, 1, 1]), {
      sizes: { kind: "rnn-tanh", timeSteps: 2, batchSize: 1, hiddenSize: 1 },
      plan: { rows: 1, threads: 32, workgroups: 1 },
      ids: Int32Array.of(2, 2),
      tensors: {
        products: tf.zeros([3, 1]),
        recurrentWeights: tf.tensor2d([[2]]),
        initialHidden: tf.tensor2d([[0.1]]),
      },
      trace: tf.tensor1d([0.1, 0.5, 0.25, 0.5, 0.25]),
    });
    const last = 1 - 0.25 ** 2, first = (1 + 2 * last) * 0.75;
    assertEquals(Object.keys(gradients).sort(), [
      ...["initialCell", "initialHidden"],
      ...["products", "recurrentBias", "recurrentWeights"],
    ]);
    const [, unused, taken] = await gradients.products().data();
    assertEquals(unused, 0);
    assertAlmostEquals(taken, first + last, 1e-6);
    const [recurrent] = await gradients.recurrentWeights().data();
    assertAlmostEquals(recurrent, 0.1 * first + 0.5 * last, 1e-6);
    assertAlmostEquals((await gradients.initialHidden().data())[0], 2 * first, 1e-6);
  },
);
