import { assertAlmostEquals, assertThrows } from "@std/assert";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { gateLoopRate } from "lib/probes/dynamics/gate_loop_rate.ts";

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
