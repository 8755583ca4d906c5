import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { cellTrajectory } from "lib/probes/cell_trajectory.ts";
import {
  euclideanNorm,
  lossGradientByDistance,
  stateGradientByDistance,
} from "lib/probes/gradients/gradient_by_distance.ts";
import { modelWith, smallModel } from "../../models/small_model.ts";
import { oneUnit, stateGradientCases } from "../state_gradient_fixture.ts";

for (const example of stateGradientCases) {
  const { cell, weights, ids, parameters, hiddenNorms, cellNorms } = example;
  Deno.test(`lossGradientByDistance() agrees with PyTorch autograd, ${cell}, ${weights} weights`, () => {
    const { inputSize, hiddenSize } = example;
    const biasesPerGate = parameters.recurrentBias ? 2 : 1;
    const sizes = { inputSize, hiddenSize, layerCount: 1, outputSize: inputSize };
    const named = Object.fromEntries(
      Object.entries(parameters).map(([name, values]) => [
        name.startsWith("output")
          ? `output/${name.slice("output".length).toLowerCase()}`
          : `layer0/${name}`,
        values,
      ]),
    );
    const model = modelWith({ cell, biasesPerGate, ...sizes }, named);
    const compare = (expected: number[], part: "hidden" | "cell") => {
      const records = lossGradientByDistance(model, ids, { part, maxDistance: ids.length - 2 });
      assertEquals(records.length, expected.length);
      records.forEach(({ distance, log10Norm }) => {
        const norm = expected[expected.length - 1 - distance];
        if (norm === 0) assertEquals(log10Norm, -Infinity);
        else assertAlmostEquals(10 ** log10Norm / norm, 1, 1e-4, `${part} at ${distance}`);
      });
    };
    compare(hiddenNorms, "hidden");
    if (cellNorms) compare(cellNorms, "cell");
    model.dispose();
  });
}

Deno.test("stateGradientByDistance() follows a gradient to 1e-400 and beyond", () => {
  const trajectory = cellTrajectory(oneUnit("rnn-tanh", [0.1], [0]), {
    inputIds: new Int32Array(1000),
  });
  const records = stateGradientByDistance(trajectory, { outputGradient: [1] });
  assertEquals(records.length, 1001);
  assertAlmostEquals(records[1000].log10Norm, -1000, 1e-9);
});

Deno.test("stateGradientByDistance() refuses a gradient of another size", () => {
  const trajectory = cellTrajectory(oneUnit("rnn-tanh", [0.1], [0]), { inputIds: [0] });
  assertThrows(
    () => stateGradientByDistance(trajectory, { outputGradient: [1, 2] }),
    RangeError,
    "2 numbers, the state has 1",
  );
});

Deno.test("lossGradientByDistance() refuses a text without a target", () => {
  const model = smallModel("rnn-tanh");
  assertThrows(() => lossGradientByDistance(model, [1]), RangeError, "1 ids, not 2");
  model.dispose();
});

Deno.test("euclideanNorm() neither over- nor underflows", () => {
  assertAlmostEquals(euclideanNorm(Float64Array.of(3e200, 4e200)) / 5e200, 1, 1e-15);
  assertAlmostEquals(euclideanNorm(Float64Array.of(3e-200, 4e-200)) / 5e-200, 1, 1e-15);
  assertEquals(euclideanNorm(new Float64Array(3)), 0);
});
