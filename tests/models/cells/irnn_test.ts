import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { irnn } from "lib/models/cells/irnn.ts";
import { randomStream } from "lib/random/random_stream.ts";

Deno.test("irnn() starts as a copier: what it reads adds up in its positive units", async () => {
  await tf.setBackend("cpu");
  const cell = irnn({
    inputSize: 2,
    hiddenSize: 3,
    inputDeviation: 1,
    random: randomStream(1, "i"),
  });
  const weights = cell.parameters["layer0/inputWeights"].dataSync();
  const outputs = tf.tidy(() => {
    const inputs = tf.tensor3d([1, 0, 1, 0, 1, 0], [3, 1, 2]);
    return cell.sequence(cell.initialState(1), inputs).outputs.dataSync();
  });
  for (let j = 0; j < 3; j++) {
    assertAlmostEquals(outputs[6 + j], 3 * Math.max(0, weights[j]), 1e-6);
  }
  assertEquals([...cell.parameters["layer0/recurrentWeights"].dataSync()], [
    1,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    1,
  ]);
  cell.dispose();
});
