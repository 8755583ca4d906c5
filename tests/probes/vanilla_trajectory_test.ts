import { assertAlmostEquals, assertThrows } from "@std/assert";
import { vanillaTrajectory } from "lib/probes/vanilla_trajectory.ts";
import { assertPullBack } from "./finite_difference.ts";
import { caseLayer, oneUnit, stateGradientCases } from "./state_gradient_fixture.ts";

const start = Float64Array.of(0.3, -0.2, 0.5, 0.1, -0.4, 0.7);

for (const cell of ["rnn-tanh", "rnn-relu", "rnn-sigmoid"]) {
  Deno.test(`vanillaTrajectory() pulls back what finite differences say, ${cell}, plain and residual`, () => {
    const layer = caseLayer(stateGradientCases.find((one) => one.cell === cell)!);
    for (const mix of [undefined, { carry: 0.9, branch: 0.3 }]) {
      assertPullBack(
        (initialState) => vanillaTrajectory(layer, { inputIds: [2] }, { initialState, mix }),
        {
          start,
          finalState: ({ hiddenStates }) => hiddenStates[0],
        },
      );
    }
  });
}

Deno.test("vanillaTrajectory() with a residual keeps the state when its branch is 0", () => {
  const { hiddenStates } = vanillaTrajectory(oneUnit("rnn-tanh", [3], [1]), { inputIds: [0, 0] }, {
    initialState: [0.25],
    mix: { carry: 1, branch: 0 },
  });
  assertAlmostEquals(hiddenStates[1][0], 0.25, 1e-15);
});

Deno.test("vanillaTrajectory() refuses a gated cell", () => {
  assertThrows(
    () => vanillaTrajectory(oneUnit("gru", [1, 1, 1], [0, 0, 0]), { inputIds: [0] }),
    RangeError,
    "it is no vanilla RNN",
  );
});
