import { assertAlmostEquals, assertEquals } from "@std/assert";
import { fullSoftmax } from "lib/models/output/full_softmax.ts";
import { assertFirstStep, assertNormalised } from "../output_layer_checks.ts";

const layer = () => fullSoftmax({ vocabularySize: 10, hiddenSize: 4 });

Deno.test("fullSoftmax() starts at ln V and stays normalised", () => {
  assertAlmostEquals(layer().trainingLoss(Float64Array.of(1, 2, 3, 4), 7), Math.log(10), 1e-12);
  assertNormalised(layer(), 4);
});

Deno.test("fullSoftmax() goes down the gradient: slopes 1/V, and 1/V - 1 for the target", () => {
  assertFirstStep(layer(), 9 * 0.1 ** 2 + 0.9 ** 2, 4);
});

Deno.test("fullSoftmax() costs two products of V and H for a token", () => {
  assertEquals(layer().learningCost(3), 80);
});
