import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { gaussian, orthogonal } from "lib/models/initialisers.ts";
import {
  initialGradient,
  initialTrajectory,
  randomDirection,
} from "lib/probes/gradients/initial_gradient.ts";

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
