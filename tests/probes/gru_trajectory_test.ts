import { assertAlmostEquals } from "@std/assert";
import { gruTrajectory } from "lib/probes/gru_trajectory.ts";
import { assertPullBack } from "./finite_difference.ts";
import { caseLayer, oneUnit, stateGradientCases } from "./state_gradient_fixture.ts";

Deno.test("gruTrajectory() pulls back what finite differences say", () => {
  const layer = caseLayer(stateGradientCases.find(({ cell }) => cell === "gru")!);
  assertPullBack((initialState) => gruTrajectory(layer, { inputIds: [1] }, { initialState }), {
    start: Float64Array.of(0.3, -0.2, 0.5, 0.1, -0.4, 0.7),
    finalState: ({ hiddenStates }) => hiddenStates[0],
  });
});

Deno.test("gruTrajectory() passes a gradient unchanged where the update gate is 1", () => {
  const trajectory = gruTrajectory(oneUnit("gru", [2, 0, 2], [0, 50, 0]), { inputIds: [0] }, {
    initialState: [0.4],
  });
  assertAlmostEquals(trajectory.hiddenStates[0][0], 0.4, 1e-12);
  assertAlmostEquals(trajectory.pullBack(1, Float64Array.of(1))[0], 1, 1e-12);
});
