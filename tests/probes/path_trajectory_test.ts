import { assertAlmostEquals, assertThrows } from "@std/assert";
import { stateGradientByDistance } from "lib/probes/gradients/gradient_by_distance.ts";
import { pathTrajectory } from "lib/probes/path_trajectory.ts";
import { assertPullBack } from "./finite_difference.ts";
import { caseLayer, oneUnit, stateGradientCases } from "./state_gradient_fixture.ts";

Deno.test("pathTrajectory() at rest follows the recursion g(k) = a g(k-1) + c g(k-s)", () => {
  const trajectory = pathTrajectory(oneUnit("rnn-tanh", [0.5], [0]), {
    inputIds: new Int32Array(12),
  }, { skip: { over: 3, weights: Float64Array.of(0.4) } });
  const records = stateGradientByDistance(trajectory, { outputGradient: [1] });
  const expected = [1];
  for (let k = 1; k <= 12; k++) {
    expected.push(0.5 * expected[k - 1] + (k >= 3 ? 0.4 * expected[k - 3] : 0));
  }
  records.forEach(({ log10Norm }, k) => assertAlmostEquals(10 ** log10Norm, expected[k], 1e-12));
});

Deno.test("pathTrajectory() agrees with finite differences through an input far back", () => {
  const layer = caseLayer(stateGradientCases[0]);
  const { hiddenSize } = layer;
  const weights = Float64Array.from({ length: hiddenSize ** 2 }, (_, i) => Math.sin(i) / 3);
  const run = (shift: number) => {
    const inputValues = Array.from({ length: 6 }, (_, t) => [1, 0, t % 2, 0, t === 0 ? shift : 0]);
    return pathTrajectory(layer, { inputValues }, { skip: { over: 2, weights } });
  };
  const trajectory = run(0.3);
  let gradient = new Float64Array(2 * hiddenSize);
  gradient[0] = 1;
  for (let t = 6; t > 1; t--) {
    gradient = Float64Array.from(trajectory.vectorJacobianProduct(t, gradient));
  }
  const { slope } = trajectory.gateValues;
  let byInput = 0;
  for (let j = 0; j < hiddenSize; j++) {
    byInput += gradient[j] * slope[0][j] * layer.inputWeights[4 * hiddenSize + j];
  }
  const h = 1e-5;
  const difference = (run(0.3 + h).hiddenStates[5][0] - run(0.3 - h).hiddenStates[5][0]) / (2 * h);
  assertAlmostEquals(byInput, difference, 1e-9);
});

Deno.test("pathTrajectory() refuses a skip of one step and weights of another size", () => {
  const layer = oneUnit("rnn-tanh", [0.5], [0]);
  const inputs = { inputIds: [0] };
  assertThrows(
    () => pathTrajectory(layer, inputs, { skip: { over: 1, weights: Float64Array.of(1) } }),
    RangeError,
    "got 1",
  );
  assertThrows(
    () => pathTrajectory(layer, inputs, { skip: { over: 2, weights: new Float64Array() } }),
    RangeError,
    "got 0",
  );
});

Deno.test("pathTrajectory() with a residual pulls back what finite differences say", () => {
  const layer = caseLayer(stateGradientCases.find(({ cell }) => cell === "rnn-tanh")!);
  const mix = { carry: 0.9, branch: 0.3 };
  assertPullBack(
    (initialState) => pathTrajectory(layer, { inputIds: [2] }, { initialState, mix }),
    {
      start: Float64Array.of(0.3, -0.2, 0.5, 0.1, -0.4, 0.7),
      finalState: ({ hiddenStates }) => hiddenStates[0],
    },
  );
});

Deno.test("pathTrajectory() keeps the state when its branch is 0, and is the plain network without a path", () => {
  const layer = oneUnit("rnn-tanh", [3], [1]);
  const run = (mix?: { carry: number; branch: number }) =>
    pathTrajectory(layer, { inputIds: [0, 0] }, { initialState: [0.25], mix }).hiddenStates;
  assertAlmostEquals(run({ carry: 1, branch: 0 })[1][0], 0.25, 1e-15);
  assertAlmostEquals(run()[1][0], Math.tanh(3 * Math.tanh(1.75) + 1), 1e-15);
});

Deno.test("pathTrajectory() refuses a cell that is no tanh RNN", () => {
  assertThrows(
    () => pathTrajectory(oneUnit("gru", [1, 1, 1], [0, 0, 0]), { inputIds: [0] }, {}),
    RangeError,
    "it is no tanh RNN",
  );
});
