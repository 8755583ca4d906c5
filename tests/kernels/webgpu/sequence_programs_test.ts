import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { runBackward, runForward } from "lib/kernels/webgpu/sequence_programs.ts";
import { testOnWebgpu } from "./on_webgpu.ts";

const plan = { rows: 1, threads: 32, workgroups: 1 } as const;
const sizes = { kind: "rnn-relu", timeSteps: 2, batchSize: 1, hiddenSize: 1 } as const;

testOnWebgpu(
  "runForward() leaves h_0, the states and the gates where the layout says",
  async () => {
    const trace = runForward(sizes, {
      products: tf.tensor2d([1, 3], [2, 1]),
      recurrentWeights: tf.tensor2d([[2]]),
      initialHidden: tf.tensor2d([[0.5]]),
    }, plan);
    // h_1 = relu(1 + 2 * 0.5) = 2, h_2 = relu(3 + 2 * 2) = 7
    assertEquals([...await trace.data()], [0.5, 2, 7, 2, 7]);
  },
);

testOnWebgpu(
  "runForward() takes another batch size and time with the same compiled program",
  async () => {
    const trace = runForward({ ...sizes, timeSteps: 1, batchSize: 2 }, {
      products: tf.tensor2d([1, -4], [2, 1]),
      recurrentWeights: tf.tensor2d([[2]]),
      initialHidden: tf.tensor2d([[0.5], [1]]),
    }, { ...plan, workgroups: 2 });
    assertEquals([...await trace.data()], [0.5, 1, 2, 0, 2, 0]);
  },
);

testOnWebgpu("runBackward() multiplies slopes and recurrent weights along the way", async () => {
  const tanh = { ...sizes, kind: "rnn-tanh" } as const;
  const gradients = runBackward(tanh, {
    given: tf.tensor3d([1, 1], [2, 1, 1]),
    trace: tf.tensor1d([0, 0.5, 0.25, 0.5, 0.25]),
    transposedWeights: tf.tensor2d([[2]]),
  }, plan);
  const last = 1 - 0.25 ** 2; // 0.9375
  const first = (1 + 2 * last) * (1 - 0.5 ** 2);
  const found = await gradients.data();
  assertEquals(found.length, 3);
  [first, last, 2 * first].forEach((value, i) => assertAlmostEquals(found[i], value, 1e-6));
});
