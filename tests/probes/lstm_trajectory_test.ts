import { assertAlmostEquals } from "@std/assert";
import { gradientByDistance } from "lib/probes/gradient_by_distance.ts";
import { lstmTrajectory } from "lib/probes/lstm_trajectory.ts";
import { assertPullBack } from "./finite_difference.ts";
import { caseLayer, oneUnit, stateGradientCases } from "./state_gradient_fixture.ts";

Deno.test("lstmTrajectory() pulls back what finite differences say, through both states", () => {
  const layer = caseLayer(stateGradientCases.find(({ cell }) => cell === "lstm")!);
  const { hiddenSize } = layer;
  const cells = lastCellState(layer);
  assertPullBack(
    (state) =>
      lstmTrajectory(layer, { inputIds: [1] }, {
        initialState: state.subarray(0, hiddenSize),
        initialCellState: state.subarray(hiddenSize),
      }),
    {
      start: Float64Array.from({ length: 2 * hiddenSize }, (_, i) => Math.sin(3 * i) / 2),
      finalState: cells,
    },
  );
});

/** (h_1, c_1): the cell state follows from h = o tanh(c). */
function lastCellState({ hiddenSize }: { hiddenSize: number }) {
  return ({ hiddenStates, activity }: ReturnType<typeof lstmTrajectory>) => {
    const whole = new Float64Array(2 * hiddenSize);
    hiddenStates[0].forEach((hidden, j) => {
      whole[j] = hidden;
      whole[hiddenSize + j] = Math.atanh(hidden / activity.outputGate[0][j]);
    });
    return whole;
  };
}

Deno.test("lstmTrajectory() with its input closed keeps sigmoid(b)^T of a gradient: the half-lives", () => {
  for (const [bias, halfLife] of [[0, 1], [1, 2.21], [2, 5.46], [3, 14.27], [5, 103.2]]) {
    const layer = oneUnit("lstm", [0, 0, 0, 0], [-40, bias, 0, 0]);
    const trajectory = lstmTrajectory(layer, { inputIds: new Int32Array(60) });
    const records = gradientByDistance(trajectory, { outputGradient: [0, 1], part: "cell" });
    const rate = 10 ** (records[60].log10Norm / 60);
    assertAlmostEquals(rate, 1 / (1 + Math.exp(-bias)), 1e-12);
    assertAlmostEquals(Math.LN2 / -Math.log(rate), halfLife, 0.05);
  }
});
