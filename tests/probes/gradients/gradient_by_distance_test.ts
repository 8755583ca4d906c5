import { assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { gaussian, orthogonal } from "lib/models/initialisers.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { cellTrajectory } from "lib/probes/cell_trajectory.ts";
import {
  initialGradient,
  initialTrajectory,
  lossGradientByDistance,
  meanLossGradient,
  randomDirection,
  stateGradientByDistance,
} from "lib/probes/gradients/gradient_by_distance.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
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

const options = {
  cell: "rnn-tanh" as const,
  hiddenSize: 8,
  vocabularySize: 3,
  inputIds: [0, 1, 2, 1],
  input: gaussian(0),
  recurrent: orthogonal(0.5),
  seed: 1,
};

Deno.test("initialGradient() of 0.5 times orthogonal weights at rest halves at every step", () => {
  initialGradient(options).forEach(({ distance, log10Norm }) =>
    assertAlmostEquals(log10Norm, distance * Math.log10(0.5), 1e-6)
  );
});

Deno.test("initialTrajectory() is the same for the same seed and another for another", () => {
  const states = (
    seed: number,
  ) => [...initialTrajectory({ ...options, input: gaussian(1), seed }).hiddenStates[0]];
  assertEquals(states(1), states(1));
  assertNotEquals(states(1), states(2));
});

Deno.test("randomDirection() has norm 1", () => {
  assertAlmostEquals(Math.hypot(...randomDirection(5, 1)), 1, 1e-14);
});

const vocabulary = createVocabulary([..."abc"]);
const model = recurrentLanguageModel({
  ...{ vocabulary, cell: "lstm", hiddenSize: 5 },
  random: randomStream(1, "weights"),
});
const ids = Int32Array.from({ length: 60 }, (_, at) => (at * at + at) % 3);

Deno.test("meanLossGradient() of one place is that place's gradient, relative to distance 0", () => {
  const points = meanLossGradient(model, ids, { places: 1, maxDistance: 8 });
  const own = lossGradientByDistance(model, ids.subarray(0, 10), { part: "state" });
  assertEquals(points.map(({ x }) => x), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  points.forEach(({ y }, k) => assertAlmostEquals(y, own[k].log10Norm - own[0].log10Norm, 1e-12));
});

Deno.test("meanLossGradient() averages the logarithms over places spread over the text", () => {
  const two = meanLossGradient(model, ids, { places: 2, maxDistance: 8 });
  const [first, last] = [ids.subarray(0, 10), ids.subarray(50)].map((piece) =>
    meanLossGradient(model, piece, { places: 1, maxDistance: 8 })
  );
  two.forEach(({ y }, k) => assertAlmostEquals(y, (first[k].y + last[k].y) / 2, 1e-12));
});

Deno.test("meanLossGradient() refuses a text too short for its places", () => {
  assertThrows(() => meanLossGradient(model, ids, { places: 9, maxDistance: 8 }), RangeError);
});
