import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { gaussian } from "lib/models/initialisers.ts";
import { cellTrajectory } from "lib/probes/cell_trajectory.ts";
import { criticalGain, gateLoopRate, meanFieldRate } from "lib/probes/dynamics/mean_field_rate.ts";
import { stateJacobian } from "lib/probes/dynamics/state_jacobian.ts";
import { randomStream } from "lib/random/random_stream.ts";

Deno.test("meanFieldRate() without input and below gain 1 is the gain: the state dies out", () => {
  assertAlmostEquals(meanFieldRate({ gain: 0.8, inputVariance: 0 }).ratePerStep, 0.8, 1e-6);
});

Deno.test("criticalGain() is 1 without input and grows with it", () => {
  assertAlmostEquals(criticalGain({ inputVariance: 0 }), 1, 1e-6);
  assert(criticalGain({ inputVariance: 1 }) > criticalGain({ inputVariance: 0.1 }));
});

Deno.test("meanFieldRate() is the mean square growth over one step of a wide network", () => {
  const [size, gain] = [200, 1.5];
  const random = randomStream(3, "wide");
  const layer = {
    cell: "rnn-tanh" as const,
    inputSize: 10,
    hiddenSize: size,
    inputWeights: Float64Array.from(gaussian(0.5)(10, size, random)),
    recurrentWeights: Float64Array.from(
      gaussian(gain / Math.sqrt(size))(size, size, random),
    ),
    bias: new Float64Array(size),
  };
  const inputIds = Array.from({ length: 40 }, () => Math.floor(10 * random()));
  const [{ log10SingularValues }] = stateJacobian(cellTrajectory(layer, { inputIds }), {
    distances: [1],
  });
  const meanSquare = log10SingularValues.reduce((sum, v) => sum + 10 ** (2 * v), 0) / size;
  const { ratePerStep } = meanFieldRate({ gain, inputVariance: 0.25 });
  assertAlmostEquals(Math.sqrt(meanSquare) / ratePerStep, 1, 0.05);
});

const largest = (rows: number[][]) =>
  Math.max(...new EigenvalueDecomposition(new Matrix(rows)).realEigenvalues);

Deno.test("gateLoopRate() is the largest eigenvalue of the loop through cell and state", () => {
  for (const [value, rho] of [[0, 1 / Math.sqrt(3)], [1, 0.9], [-2, 1.5]]) {
    const open = 1 / (1 + Math.exp(-value)), half = 0.5;
    const loop = [[open, half * rho], [half * open, half * half * rho]];
    const lstm = { cell: "lstm", gateBias: { gate: 1, value }, spectralRadius: rho } as const;
    assertAlmostEquals(gateLoopRate(lstm), largest(loop), 1e-12);
  }
});

Deno.test("gateLoopRate() of a GRU lies between keeping the state and replacing it", () => {
  const gru = (value: number, gate = 1) =>
    gateLoopRate({ cell: "gru", gateBias: { gate, value }, spectralRadius: 0.8 });
  assertAlmostEquals(gru(40), 1, 1e-12);
  assertAlmostEquals(gru(-40), 0.4, 1e-12);
  // Half of the state is kept, half replaced by what half a reset gate lets through.
  assertAlmostEquals(gru(0), 0.5 + 0.5 * 0.5 * 0.8, 1e-12);
  assertThrows(() => gru(1, 0), RangeError, "not 0");
  assertAlmostEquals(gateLoopRate({ cell: "rnn-tanh", spectralRadius: 0.8 }), 0.8, 0);
});
