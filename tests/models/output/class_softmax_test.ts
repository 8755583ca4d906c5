import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { classSoftmax, frequencyClasses } from "lib/models/output/class_softmax.ts";
import { assertFirstStep, assertNormalised } from "../output_layer_checks.ts";

Deno.test("classSoftmax() starts at ln classes + ln members and stays normalised", () => {
  const layer = classSoftmax({ classOf: [0, 0, 0, 0, 1, 1, 2], hiddenSize: 3 });
  const state = Float64Array.of(1, -1, 2);
  assertAlmostEquals(layer.trainingLoss(state, 2), Math.log(3) + Math.log(4), 1e-12);
  assertAlmostEquals(layer.trainingLoss(state, 6), Math.log(3), 1e-12);
  assertAlmostEquals(layer.logProbabilities(state)[4], -Math.log(6), 1e-12);
  assertNormalised(layer, 3);
});

Deno.test("classSoftmax() goes down the gradient of both levels", () => {
  const classOf = Int32Array.from({ length: 12 }, (_, token) => token % 3);
  const slopes = (count: number) => (count - 1) / count ** 2 + (1 - 1 / count) ** 2;
  assertFirstStep(classSoftmax({ classOf, hiddenSize: 5 }), slopes(3) + slopes(4), 5);
});

Deno.test("classSoftmax() costs two products of classes and members, not of V", () => {
  const layer = classSoftmax({ classOf: [0, 0, 1, 1, 1], hiddenSize: 10 });
  assertEquals([layer.learningCost(0), layer.learningCost(4)], [80, 100]);
});

Deno.test("frequencyClasses() puts the most frequent together, sqrt(V) in a class", () => {
  assertEquals([...frequencyClasses([5, 9, 1, 7, 3, 2, 8, 4, 6])], [1, 0, 2, 0, 2, 2, 0, 1, 1]);
  assertEquals(new Set(frequencyClasses(new Float64Array(768))).size, 28);
});

Deno.test("classSoftmax() refuses a class without a token", () => {
  assertThrows(() => classSoftmax({ classOf: [0, 2], hiddenSize: 1 }), RangeError, "class 1");
});
