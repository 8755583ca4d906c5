import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { gru } from "lib/models/cells/gru.ts";
import { gaussian } from "lib/models/initialisers.ts";
import { randomStream } from "lib/random/random_stream.ts";

await useBackend("wasm");

function smallGru(biases: number[]) {
  const cell = gru({
    inputSize: 2,
    hiddenSize: 2,
    inputInitialiser: gaussian(0.5),
    recurrentInitialiser: gaussian(0.5),
    random: randomStream(1, "initial weights"),
  });
  cell.parameters["layer0/bias"].assign(tf.tensor1d(biases));
  return cell;
}

const sequenceEnd = (cell: ReturnType<typeof gru>) =>
  tf.tidy(() => {
    const state = [{ hiddenState: tf.tensor2d([[0.3, -0.6]]) }];
    const inputs = tf.tensor3d([1, 0, 0, 1, 1, 1], [3, 1, 2]);
    return cell.sequence(state, inputs).state[0].hiddenState.dataSync();
  });

Deno.test("gru() keeps its state for ever at an update gate of 1: the second gate of three", () => {
  const end = sequenceEnd(smallGru([0, 0, 40, 40, 0, 0]));
  assertAlmostEquals(end[0], 0.3, 1e-6);
  assertAlmostEquals(end[1], -0.6, 1e-6);
});

Deno.test("gru() with reset and update gates at 0 is blind to its past: h' = tanh(x Wn + bn)", () => {
  const cell = smallGru([-40, -40, -40, -40, 0.1, 0.2]);
  const weights = cell.parameters["layer0/inputWeights"].dataSync();
  const candidate = (unit: number) =>
    Math.tanh(weights[4 + unit] + weights[10 + unit] + 0.1 * (unit + 1));
  const end = sequenceEnd(cell); // the last input is [1, 1]
  assertAlmostEquals(end[0], candidate(0), 1e-6);
  assertAlmostEquals(end[1], candidate(1), 1e-6);
  assertEquals(Object.keys(cell.parameters).length, 3);
});
