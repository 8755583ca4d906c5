import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { reversalScores, reversalTrial } from "lib/experiments/reversal_trial.ts";

await useBackend("wasm");
const small = { length: 6, seed: 1, hiddenSize: 24, trainingSteps: 250, testStrings: 60 };

Deno.test("reversalTrial(): with attention six letters are reversed, with a fixed vector not, at equal steps", async () => {
  const before = tf.memory().numTensors;
  const attentive = await reversalTrial({ ...small, view: "scaled dot product" });
  const fixed = await reversalTrial({ ...small, view: "fixed vector" });
  assertEquals(tf.memory().numTensors, before);
  assert(attentive.characterAccuracy > 0.9, `${attentive.characterAccuracy}`);
  assert(fixed.characterAccuracy < 0.6, `${fixed.characterAccuracy}`);
  assert(attentive.exactMatch > fixed.exactMatch + 0.4);
  assertEquals(attentive.source, fixed.source);
  assertEquals(attentive.parameterCount - fixed.parameterCount, 2 * 24 * 24);
  assertEquals(fixed.attentionWeights, []);
  assertEquals(attentive.attentionWeights.map((row) => row.length), new Array(7).fill(8));
  for (const row of attentive.attentionWeights) {
    assertAlmostEquals(row.reduce((sum, weight) => sum + weight, 0), 1, 1e-5);
  }
});

Deno.test("reversalTrial() is a function of its seed, and tells each step", async () => {
  const steps: number[] = [];
  const brief = {
    ...{ ...small, trainingSteps: 4, view: "additive", length: 2 } as const,
    onStep: (step: number) => steps.push(step),
  };
  assertEquals(await reversalTrial(brief), await reversalTrial(brief));
  assertEquals(steps, [1, 2, 3, 4, 1, 2, 3, 4]);
});

Deno.test("reversalScores() counts characters that count, and strings without a mistake", () => {
  // Three strings of 2, 2 and 1 characters and end marker, time-major.
  const batch = {
    ...{ batchSize: 3, sourceSteps: 0, sourceIds: new Int32Array(0), inputIds: new Int32Array(9) },
    ...{ sourceMask: new Float32Array(0), targetSteps: 3 },
    targetIds: Int32Array.of(2, 3, 4, 5, 2, 1, 1, 1, 1),
    targetMask: Float32Array.of(1, 1, 1, 1, 1, 1, 1, 1, 0),
  };
  const written = Int32Array.of(2, 3, 4, 5, 4, 1, 1, 1, 9);
  assertEquals(reversalScores(batch, written), { exactMatch: 2 / 3, characterAccuracy: 7 / 8 });
});
