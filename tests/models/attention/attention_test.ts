import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { attention } from "lib/models/attention/attention.ts";
import { randomStream } from "lib/random/random_stream.ts";

const [T, Q, B, H] = [4, 3, 2, 3];
const values = (count: number, shift: number) =>
  Array.from({ length: count }, (_, i) => Math.sin(i + shift));
const queryValues = values(Q * B * H, 0.5);
const stateValues = values(T * B * H, 2);
const maskValues = [1, 1, 1, 1, 1, 0, 1, 0]; // the second sequence has two states

for (const score of ["additive", "scaled dot product"] as const) {
  for (const isMasked of [false, true]) {
    Deno.test(`attention() is what a scalar loop computes, ${score}, ${isMasked ? "masked" : "all seen"}`, async () => {
      await tf.setBackend("cpu");
      const before = tf.memory().numTensors;
      const looking = attention({ hiddenSize: H, score, random: randomStream(2, "attention") });
      const seen = tf.tidy(() => {
        const mask = isMasked ? tf.tensor2d(maskValues, [T, B]) : undefined;
        const queries = tf.tensor3d(queryValues, [Q, B, H]);
        const { weights, context } = looking.attend(
          queries,
          tf.tensor3d(stateValues, [T, B, H]),
          mask,
        );
        assertEquals([weights.shape, context.shape], [[Q, T, B], [Q, B, H]]);
        return { weights: weights.dataSync().slice(), context: context.dataSync().slice() };
      }) as unknown as { weights: Float32Array; context: Float32Array };
      const matrix = (name: string) => looking.parameters[`attention/${name}`].dataSync();
      const through = (rows: number[], at: number, name: string) =>
        Array.from({ length: H }, (_, j) => {
          let sum = 0;
          for (let i = 0; i < H; i++) sum += rows[at * H + i] * matrix(name)[i * H + j];
          return sum;
        });
      for (let q = 0; q < Q; q++) {
        for (let b = 0; b < B; b++) {
          const asked = through(queryValues, q * B + b, "query");
          const powers = Array.from({ length: T }, (_, t) => {
            if (isMasked && maskValues[t * B + b] === 0) return 0;
            const key = through(stateValues, t * B + b, "key");
            let sum = 0;
            for (let j = 0; j < H; j++) {
              sum += score === "additive"
                ? matrix("score")[j] * Math.tanh(asked[j] + key[j])
                : asked[j] * key[j] / Math.sqrt(H);
            }
            return Math.exp(sum);
          });
          const total = powers.reduce((sum, power) => sum + power, 0);
          for (let t = 0; t < T; t++) {
            assertAlmostEquals(seen.weights[(q * T + t) * B + b], powers[t] / total, 1e-6);
          }
          for (let j = 0; j < H; j++) {
            let expected = 0;
            powers.forEach((power, t) =>
              expected += power / total * stateValues[(t * B + b) * H + j]
            );
            assertAlmostEquals(seen.context[(q * B + b) * H + j], expected, 1e-6);
          }
        }
      }
      looking.dispose();
      assertEquals(tf.memory().numTensors, before);
    });
  }
}

Deno.test("attention(): queries do not see one another", async () => {
  await tf.setBackend("cpu");
  const looking = attention({ hiddenSize: H, score: "additive", random: randomStream(2, "a") });
  const contextOf = (rows: number[]) =>
    tf.tidy(() => {
      const queries = tf.tensor3d(rows, [rows.length / (B * H), B, H]);
      return looking.attend(queries, tf.tensor3d(stateValues, [T, B, H])).context.dataSync()
        .slice();
    });
  assertEquals(contextOf(queryValues).slice(0, B * H), contextOf(queryValues.slice(0, B * H)));
  looking.dispose();
});
