import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { cellTrajectory } from "lib/probes/cell_trajectory.ts";
import { lyapunovExponents, orthonormalise } from "lib/probes/dynamics/lyapunov_exponents.ts";
import { oneUnit } from "../state_gradient_fixture.ts";

Deno.test("lyapunovExponents() of diagonal weights are the logs of the diagonal, over 1,000 steps", () => {
  const layer = {
    ...oneUnit("rnn-relu", [], []),
    hiddenSize: 3,
    inputWeights: Float64Array.of(1, 1, 1),
    recurrentWeights: Float64Array.of(0.5, 0, 0, 0, 1e-3, 0, 0, 0, 0.9),
    bias: Float64Array.of(1, 1, 1),
  };
  const trajectory = cellTrajectory(layer, { inputIds: new Int32Array(1000) });
  // 300 steps turn any three vectors into the three axes.
  const exponents = lyapunovExponents(trajectory, { warmUp: 300 });
  [0.9, 0.5, 1e-3].forEach((value, i) => assertAlmostEquals(exponents[i], Math.log(value), 1e-9));
});

Deno.test("lyapunovExponents() of one unit at its fixed point is the log of its slope there", () => {
  // h = tanh(2 h) has a stable fixed point; the derivative there is 2 (1 - h^2).
  const layer = oneUnit("rnn-tanh", [2], [0.1]);
  const trajectory = cellTrajectory(layer, { inputIds: new Int32Array(4000) });
  const fixed = trajectory.hiddenStates.at(-1)![0];
  const [exponent] = lyapunovExponents(trajectory);
  assertAlmostEquals(Math.tanh(2 * fixed + 0.1), fixed, 1e-12);
  assertAlmostEquals(exponent, Math.log(2 * (1 - fixed ** 2)), 0.003);
});

Deno.test("lyapunovExponents() finds the largest where the first relu unit is off at the end", () => {
  const layer = {
    ...oneUnit("rnn-relu", [], []),
    hiddenSize: 2,
    inputWeights: Float64Array.of(-1, 1),
    recurrentWeights: Float64Array.of(0.5, 0, 0, 0.8),
    bias: Float64Array.of(0, 0),
  };
  const trajectory = cellTrajectory(layer, { inputIds: new Int32Array(200) });
  assertEquals(trajectory.hiddenStates.at(-1)![0], 0);
  const [exponent] = lyapunovExponents(trajectory, { count: 1, warmUp: 10 });
  assertAlmostEquals(exponent, Math.log(0.8), 1e-12);
});

Deno.test("lyapunovExponents() refuses a warm-up that leaves no step", () => {
  const trajectory = cellTrajectory(oneUnit("rnn-tanh", [1], [0]), { inputIds: [0, 0] });
  assertThrows(
    () => lyapunovExponents(trajectory, { warmUp: 2 }),
    RangeError,
    "2 steps, 2 of them",
  );
});

Deno.test("orthonormalise() returns the diagonal of R and leaves unit vectors at right angles", () => {
  const vectors = [Float64Array.of(3, 4), Float64Array.of(4, 3), Float64Array.of(1, 1)];
  const lengths = orthonormalise(vectors);
  assertAlmostEquals(lengths[0], 5, 1e-14);
  assertAlmostEquals(lengths[1], 7 / 5, 1e-14); // the area 7 over the first length
  assertEquals(lengths[2], 0);
  assertAlmostEquals(vectors[0][0] * vectors[1][0] + vectors[0][1] * vectors[1][1], 0, 1e-15);
});
