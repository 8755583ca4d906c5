import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import type { AttentionScore } from "lib/models/attention/attention.ts";
import { attentionRnn } from "lib/models/cells/attention_rnn.ts";
import { gaussian } from "lib/models/initialisers.ts";
import { vanillaRnn } from "lib/models/cells/recurrent_cell.ts";
import { randomStream } from "lib/random/random_stream.ts";

const [T, B, H, I, O] = [4, 2, 3, 2, 2];

function make(score: AttentionScore) {
  const random = randomStream(1, "attention");
  const draws = { inputInitialiser: gaussian(0.8), recurrentInitialiser: gaussian(0.6), random };
  const encoder = vanillaRnn({ activation: "tanh", inputSize: I, hiddenSize: H, ...draws });
  return attentionRnn({ encoder, outputSize: O, score, random });
}
const inputs = () =>
  tf.tensor3d(Array.from({ length: T * B * I }, (_, i) => Math.sin(i)), [T, B, I]);

for (const score of ["additive", "scaled dot product"] as const) {
  Deno.test(`attentionRnn() is what a scalar loop computes, ${score}`, async () => {
    await tf.setBackend("cpu");
    const network = make(score);
    const { states, weights, outputs } = tf.tidy(() => {
      const given = inputs();
      const run = network.encoder.sequence(network.encoder.initialState(B), given);
      const answer = network.answer(given);
      return {
        states: run.outputs.dataSync(),
        weights: answer.weights.dataSync(),
        outputs: answer.outputs.dataSync(),
      };
    });
    const read = (name: string) => network.parameters[name].dataSync();
    const through = (h: number[], matrix: ArrayLike<number>) =>
      h.map((_, j) => h.reduce((sum, value, i) => sum + value * matrix[i * H + j], 0));
    const stateAt = (t: number, b: number) =>
      Array.from({ length: H }, (_, j) => states[(t * B + b) * H + j]);
    for (let b = 0; b < B; b++) {
      const query = through(stateAt(T - 1, b), read("attention/query"));
      const scores = Array.from({ length: T }, (_, t) => {
        const key = through(stateAt(t, b), read("attention/key"));
        return score === "additive"
          ? key.reduce(
            (sum, k, j) => sum + read("attention/score")[j] * Math.tanh(query[j] + k),
            0,
          )
          : key.reduce((sum, k, j) => sum + k * query[j], 0) / Math.sqrt(H);
      });
      const total = scores.reduce((sum, s) => sum + Math.exp(s), 0);
      const context = new Array(H).fill(0);
      scores.forEach((s, t) => {
        const weight = Math.exp(s) / total;
        assertAlmostEquals(weights[t * B + b], weight, 1e-6);
        stateAt(t, b).forEach((value, j) => context[j] += weight * value);
      });
      const both = [...stateAt(T - 1, b), ...context];
      for (let o = 0; o < O; o++) {
        const expected = both.reduce((sum, v, i) => sum + v * read("output/weights")[i * O + o], 0);
        assertAlmostEquals(outputs[b * O + o], expected, 1e-6);
      }
    }
    network.dispose();
  });
}

Deno.test("attentionRnn() leaks no tensors and its weights sum to 1", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  const network = make("additive");
  const sums = tf.tidy(() => tf.sum(network.answer(inputs()).weights, 0).dataSync());
  for (const sum of sums) assertAlmostEquals(sum, 1, 1e-6);
  network.dispose();
  assertEquals(tf.memory().numTensors, before);
});
