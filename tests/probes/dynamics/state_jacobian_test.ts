import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { gaussian, orthogonal } from "lib/models/initialisers.ts";
import { cellTrajectory, randomLayer, type StateTrajectory } from "lib/probes/cell_trajectory.ts";
import {
  plainStateJacobian,
  spectralNorm,
  stateJacobian,
} from "lib/probes/dynamics/state_jacobian.ts";
import { pathTrajectory } from "lib/probes/path_trajectory.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { caseLayer, oneUnit, stateGradientCases } from "../state_gradient_fixture.ts";

for (const example of stateGradientCases) {
  const { cell, weights, ids, singularValues, hiddenSingularValues } = example;
  Deno.test(`stateJacobian() has the singular values of PyTorch's Jacobians, ${cell}, ${weights} weights`, () => {
    const trajectory = cellTrajectory(caseLayer(example), { inputIds: ids.slice(0, -1) });
    for (const part of ["state", "hidden"] as const) {
      const expected = part === "state" ? singularValues : hiddenSingularValues;
      const distances = expected.map((_, distance) => distance);
      for (
        const { distance, log10SingularValues } of stateJacobian(trajectory, { distances, part })
      ) {
        const values = expected[expected.length - 1 - distance];
        log10SingularValues.forEach((value, rank) => {
          if (values[rank] < values[0] * 1e-9) return; // float64 of either side has lost it
          assertAlmostEquals(10 ** value / values[rank], 1, 1e-4, `${part} ${distance} ${rank}`);
        });
      }
    }
  });
}

Deno.test("stateJacobian() of a linear RNN with gain times an orthogonal matrix is gain^k in every direction", () => {
  const size = 16;
  const unit = orthogonal()(size, size, randomStream(1, "recurrent weights"));
  const published = [[0.9, 2.6561e-5], [0.95, 5.9205e-3], [1, 1], [1.05, 131.50], [1.1, 13780.6]];
  for (const [gain, expected] of published) {
    const layer = {
      cell: "rnn-tanh" as const, // at rest, without input or bias, its slope is exactly 1
      inputSize: 1,
      hiddenSize: size,
      inputWeights: new Float64Array(size),
      recurrentWeights: Float64Array.from(unit, (value) => gain * value),
      bias: new Float64Array(size),
    };
    const trajectory = cellTrajectory(layer, { inputIds: new Int32Array(100) });
    const [{ log10SingularValues }] = stateJacobian(trajectory, { distances: [100] });
    for (const value of log10SingularValues) {
      assertAlmostEquals(10 ** value / expected, 1, 1e-4); // the published figures' own digits
      assertAlmostEquals(10 ** value / gain ** 100, 1, 1e-5);
    }
  }
});

Deno.test("stateJacobian() leaves out what rounding has lost", () => {
  const layer = {
    ...oneUnit("rnn-relu", [], []),
    hiddenSize: 2,
    inputWeights: Float64Array.of(1, 1),
    recurrentWeights: Float64Array.of(1, 0, 0, 0.1),
    bias: Float64Array.of(1, 1),
  };
  const trajectory = cellTrajectory(layer, { inputIds: new Int32Array(30) });
  const [near, far] = stateJacobian(trajectory, { distances: [10, 20] });
  assertAlmostEquals(near.log10SingularValues[1], -10, 1e-9);
  assert(Number.isNaN(far.log10SingularValues[1]));
  assertEquals(far.log10SingularValues[0], 0);
});

Deno.test("stateJacobian() refuses a distance the trajectory does not have", () => {
  const trajectory = cellTrajectory(oneUnit("rnn-tanh", [1], [0]), { inputIds: [0] });
  assertThrows(() => stateJacobian(trajectory, { distances: [2] }), RangeError, "2 steps back");
});

const trajectories = (): Record<string, StateTrajectory> => {
  const inputIds = Array.from({ length: 12 }, (_, t) => t * t % 3);
  const random = randomStream(1, "layers");
  const layer = (cell: "rnn-tanh" | "rnn-relu" | "rnn-sigmoid" | "gru" | "lstm") =>
    randomLayer({
      ...{ cell, inputSize: 3, hiddenSize: 24, random },
      ...{ input: gaussian(0.5), recurrent: gaussian(0.3) },
    });
  const cells = (["rnn-tanh", "rnn-relu", "rnn-sigmoid", "gru", "lstm"] as const).map(
    (cell): [string, StateTrajectory] => [cell, cellTrajectory(layer(cell), { inputIds })],
  );
  const weights = Float64Array.from(gaussian(0.3)(24, 24, random));
  const mix = { carry: 1, branch: 0.1 };
  return {
    ...Object.fromEntries(cells),
    residual: pathTrajectory(layer("rnn-tanh"), { inputIds }, { mix }),
    skip: pathTrajectory(layer("rnn-tanh"), { inputIds }, { skip: { over: 2, weights } }),
  };
};

for (const [name, trajectory] of Object.entries(trajectories())) {
  Deno.test(`stateJacobian() by the kernels equals plain loops: ${name}`, () => {
    for (const part of ["hidden", "state"] as const) {
      const options = { distances: [0, 1, 5, 12], part };
      const plain = plainStateJacobian(trajectory, options);
      stateJacobian(trajectory, options).forEach(({ distance, log10SingularValues }, place) => {
        assertEquals(distance, plain[place].distance);
        const expected = plain[place].log10SingularValues;
        log10SingularValues.forEach((value, rank) => {
          if (!(expected[rank] > expected[0] - 9)) return; // float64 of either side has lost it
          assertAlmostEquals(
            10 ** (value - expected[rank]),
            1,
            1e-4,
            `${part} ${distance} ${rank}`,
          );
        });
      });
    }
  });
}

Deno.test("spectralNorm() is the largest singular value, not eigenvalue", () => {
  const shear = [0.5, 10, 0, 0.5];
  assertAlmostEquals(spectralNorm(shear, 2), 10.02494, 1e-4); // s + 0.25/s = sqrt(100 + 2 * 0.25 + 0.5)
  assertAlmostEquals(spectralNorm([0, -1.7, 1.7, 0], 2), 1.7, 1e-12);
});

Deno.test("spectralNorm() refuses numbers that are no square", () => {
  assertThrows(() => spectralNorm([1, 2], 2), RangeError, "got 2 numbers");
});
