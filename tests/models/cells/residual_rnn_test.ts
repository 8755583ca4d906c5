import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { gaussian } from "lib/models/initialisers.ts";
import { residualRnn } from "lib/models/cells/residual_rnn.ts";
import { pathTrajectory } from "lib/probes/path_trajectory.ts";
import { randomStream } from "lib/random/random_stream.ts";

const ids = [0, 2, 1, 1, 0];
const make = (carry: number, branch: number) =>
  residualRnn({
    inputSize: 3,
    hiddenSize: 4,
    inputInitialiser: gaussian(0.7),
    recurrentInitialiser: gaussian(0.5),
    carry,
    branch,
    random: randomStream(1, "residual"),
  });
const oneHot = () => tf.reshape(tf.oneHot(ids, 3), [5, 1, 3]).toFloat() as tf.Tensor3D;

Deno.test("residualRnn() passes through the states of the float64 probe of the same equation", async () => {
  await tf.setBackend("cpu");
  const cell = make(0.9, 0.4);
  const outputs = tf.tidy(() => cell.sequence(cell.initialState(1), oneHot()).outputs.dataSync());
  const read = (name: string) => Float64Array.from(cell.parameters[`layer0/${name}`].dataSync());
  const layer = {
    cell: "rnn-tanh" as const,
    inputSize: 3,
    hiddenSize: 4,
    inputWeights: read("inputWeights"),
    recurrentWeights: read("recurrentWeights"),
    bias: read("bias"),
  };
  const mix = { carry: 0.9, branch: 0.4 };
  const { hiddenStates } = pathTrajectory(layer, { inputIds: ids }, { mix });
  hiddenStates.forEach((state, time) =>
    state.forEach((value, j) => assertAlmostEquals(outputs[time * 4 + j], value, 1e-6))
  );
  cell.dispose();
});

Deno.test("residualRnn() with a branch of 0 has a gradient of exactly carry per step", async () => {
  await tf.setBackend("cpu");
  const cell = make(0.5, 0);
  const after = (steps: number) =>
    tf.tidy(() => {
      const inputs = tf.slice(oneHot(), 0, steps);
      const last = (hiddenState: tf.Tensor) =>
        cell.sequence([{ hiddenState: hiddenState as tf.Tensor2D }], inputs).state[0].hiddenState;
      return tf.grad((start) => tf.sum(last(start)))(tf.zeros([1, 4])).dataSync()[0];
    });
  assertEquals([1, 2, 3, 4, 5].map(after), [0.5, 0.25, 0.125, 0.0625, 0.03125]);
  cell.dispose();
});
