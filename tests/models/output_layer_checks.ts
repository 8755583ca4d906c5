import { assertAlmostEquals } from "@std/assert";
import type { OutputLayer } from "lib/models/output/output_layer.ts";
import { randomNormal } from "lib/random/normal.ts";
import { randomStream } from "lib/random/random_stream.ts";

/** States with a target each, drawn at random. */
export function drawExamples(
  { count, hiddenSize, vocabularySize }: {
    count: number;
    hiddenSize: number;
    vocabularySize: number;
  },
) {
  const random = randomStream(1, "examples");
  const draw = randomNormal(random);
  return Array.from({ length: count }, () => ({
    state: Float64Array.from({ length: hiddenSize }, draw),
    target: Math.floor(random() * vocabularySize),
  }));
}

/** Asserts that a layer's probabilities sum to 1 after it has learnt something. */
export function assertNormalised(layer: OutputLayer, hiddenSize: number): void {
  const examples = drawExamples({ count: 30, hiddenSize, vocabularySize: layer.vocabularySize });
  for (const { state, target } of examples) layer.learn(state, target, 0.3);
  for (const { state } of examples) {
    const sum = layer.logProbabilities(state).reduce((total, log) => total + Math.exp(log), 0);
    assertAlmostEquals(sum, 1, 1e-12);
  }
}

/**
 * Asserts that one small step of `learn` lowers the loss by the squared norm of the gradient of softmax
 * layers at equal scores: |h|² + 1 times the sum over rows of their squared slopes.
 */
export function assertFirstStep(
  layer: OutputLayer,
  squaredSlopes: number,
  hiddenSize: number,
): void {
  const [{ state, target }] = drawExamples({
    count: 1,
    hiddenSize,
    vocabularySize: layer.vocabularySize,
  });
  const rate = 1e-6;
  const before = layer.trainingLoss(state, target);
  layer.learn(state, target, rate);
  const fall = (before - layer.trainingLoss(state, target)) / rate;
  const norm = state.reduce((sum, value) => sum + value * value, 1);
  assertAlmostEquals(fall / (norm * squaredSlopes), 1, 1e-4);
}
