import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { sampledSoftmax } from "lib/models/output/sampled_softmax.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { assertNormalised, drawExamples } from "../output_layer_checks.ts";

const proposal = [4, 3, 2, 1, 1, 1];
const layer = (sampleCount: number) =>
  sampledSoftmax({ proposal, hiddenSize: 3, sampleCount, random: randomStream(1, "samples") });

Deno.test("sampledSoftmax() estimates the full loss, from below on average, better with more tokens", () => {
  const [{ state, target }] = drawExamples({ count: 1, hiddenSize: 3, vocabularySize: 6 });
  const mean = (sampleCount: number) => {
    const sampled = layer(sampleCount);
    let sum = 0;
    for (let draw = 0; draw < 4000; draw++) sum += sampled.trainingLoss(state, target);
    return sum / 4000;
  };
  const [few, many] = [mean(2), mean(200)];
  assert(few < many && many < Math.log(6) + 0.005);
  assertAlmostEquals(many, Math.log(6), 0.01);
  assert(few < Math.log(6) - 0.05);
});

Deno.test("sampledSoftmax() learns what the full softmax learns, and is measured normalised", () => {
  const learner = layer(20);
  const state = Float64Array.of(1, 0.5, -0.5);
  for (let step = 0; step < 3000; step++) learner.learn(state, step % 4 === 0 ? 0 : 5, 0.02);
  const probabilities = learner.logProbabilities(state).map(Math.exp);
  assertAlmostEquals(probabilities[0], 0.25, 0.08);
  assertAlmostEquals(probabilities[5], 0.75, 0.08);
  assertNormalised(layer(4), 3);
});

Deno.test("sampledSoftmax() costs two products of k + 1 and H for a token", () => {
  assertEquals(layer(7).learningCost(0), 48);
});
