import { assertAlmostEquals, assertThrows } from "@std/assert";
import { skipTrajectory } from "lib/probes/skip_trajectory.ts";
import { gradientByDistance } from "lib/probes/gradient_by_distance.ts";
import { caseLayer, oneUnit, stateGradientCases } from "./state_gradient_fixture.ts";

Deno.test("skipTrajectory() at rest follows the recursion g(k) = a g(k-1) + c g(k-s)", () => {
  const trajectory = skipTrajectory(oneUnit("rnn-tanh", [0.5], [0]), {
    inputIds: new Int32Array(12),
  }, { skip: 3, skipWeights: [0.4] });
  const records = gradientByDistance(trajectory, { outputGradient: [1] });
  const expected = [1];
  for (let k = 1; k <= 12; k++) {
    expected.push(0.5 * expected[k - 1] + (k >= 3 ? 0.4 * expected[k - 3] : 0));
  }
  records.forEach(({ log10Norm }, k) => assertAlmostEquals(10 ** log10Norm, expected[k], 1e-12));
});

Deno.test("skipTrajectory() agrees with finite differences through an input far back", () => {
  const layer = caseLayer(stateGradientCases[0]);
  const { hiddenSize } = layer;
  const skipWeights = Float64Array.from({ length: hiddenSize ** 2 }, (_, i) => Math.sin(i) / 3);
  const run = (shift: number) => {
    const inputValues = Array.from({ length: 6 }, (_, t) => [1, 0, t % 2, 0, t === 0 ? shift : 0]);
    return skipTrajectory(layer, { inputValues }, { skip: 2, skipWeights });
  };
  const trajectory = run(0.3);
  let gradient = new Float64Array(2 * hiddenSize);
  gradient[0] = 1;
  for (let t = 6; t > 1; t--) gradient = Float64Array.from(trajectory.pullBack(t, gradient));
  const { slope } = trajectory.activity;
  let byInput = 0;
  for (let j = 0; j < hiddenSize; j++) {
    byInput += gradient[j] * slope[0][j] * layer.inputWeights[4 * hiddenSize + j];
  }
  const h = 1e-5;
  const difference = (run(0.3 + h).hiddenStates[5][0] - run(0.3 - h).hiddenStates[5][0]) / (2 * h);
  assertAlmostEquals(byInput, difference, 1e-9);
});

Deno.test("skipTrajectory() refuses a skip of one step and weights of another size", () => {
  const layer = oneUnit("rnn-tanh", [0.5], [0]);
  const inputs = { inputIds: [0] };
  assertThrows(
    () => skipTrajectory(layer, inputs, { skip: 1, skipWeights: [1] }),
    RangeError,
    "got 1",
  );
  assertThrows(
    () => skipTrajectory(layer, inputs, { skip: 2, skipWeights: [] }),
    RangeError,
    "got 0",
  );
});
