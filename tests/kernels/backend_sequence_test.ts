import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { backendSequence } from "lib/kernels/backend_sequence.ts";
import type { LayerWeights } from "lib/kernels/cell_step.ts";
import { recurrentSequence } from "lib/kernels/recurrent_sequence.ts";
import { testOnWebgpu } from "./webgpu/on_webgpu.ts";

const run = (sequence: typeof backendSequence, timeSteps: number) => {
  const weights = {
    inputWeights: tf.tensor2d([[0.5, -0.25]]),
    recurrentWeights: tf.tensor2d([[0.1, 0.2], [0.3, 0.4]]),
    bias: tf.tensor1d([0.5, 0]),
  } as LayerWeights;
  const inputs = tf.tensor3d(Array.from({ length: timeSteps }, (_, t) => [[t]]));
  const initialState = { hiddenState: tf.zeros([1, 2]) as tf.Tensor2D };
  return sequence("rnn-tanh", weights, { inputs, initialState });
};

Deno.test("backendSequence() is the plain sequence on the CPU backend, to the bit", async () => {
  await useBackend("cpu");
  const plain = run(recurrentSequence, 3), chosen = run(backendSequence, 3);
  assertEquals(chosen.hiddenStates.dataSync(), plain.hiddenStates.dataSync());
});

testOnWebgpu("backendSequence() takes as many dispatches for 50 time steps as for 5", async () => {
  const counts = [];
  for (const timeSteps of [5, 50]) {
    await tf.ready();
    const { kernels } = await tf.profile(() => run(backendSequence, timeSteps).hiddenStates);
    counts.push(kernels.length);
  }
  assertEquals(counts[0], counts[1]);
});
