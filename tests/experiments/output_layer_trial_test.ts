import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { classSoftmax } from "lib/models/output/class_softmax.ts";
import { fullSoftmax } from "lib/models/output/full_softmax.ts";
import { outputLayerTrial } from "lib/experiments/output_layer_trial.ts";

// Two states, each followed by one token: a layer that learns goes from ln 8 towards 0.
const examples = (count: number) => ({
  states: Array.from({ length: count }, (_, at) => Float64Array.of(at % 2, 1 - at % 2)),
  targetIds: Int32Array.from({ length: count }, (_, at) => at % 2 === 0 ? 3 : 6),
});

Deno.test("outputLayerTrial() learns two certain continuations and counts the work", async () => {
  const data = { training: examples(400), validation: examples(2), learningRate: 0.5 };
  const full = await outputLayerTrial(fullSoftmax({ vocabularySize: 8, hiddenSize: 2 }), data);
  assert(full.lossNats < 0.05);
  assertEquals(full.multiplyAddsPerToken, 32);
  assertAlmostEquals(full.sumError, 0, 1e-12);
  const classOf = [0, 0, 0, 0, 1, 1, 1, 1];
  const levels = await outputLayerTrial(classSoftmax({ classOf, hiddenSize: 2 }), data);
  assert(levels.lossNats < 0.05);
  assertEquals(levels.multiplyAddsPerToken, 24);
});

Deno.test("outputLayerTrial() without training measures ln V", async () => {
  const nothing = { states: [], targetIds: [] };
  const data = { training: nothing, validation: examples(6), learningRate: 1 };
  const { lossNats } = await outputLayerTrial(
    fullSoftmax({ vocabularySize: 8, hiddenSize: 2 }),
    data,
  );
  assertAlmostEquals(lossNats, Math.log(8), 1e-12);
});
