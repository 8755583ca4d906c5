import { sigmoid } from "lib/kernels/reference/reference_cell.ts";
import { cellTrajectory } from "lib/probes/cell_trajectory.ts";
import { stateGradientByDistance } from "lib/probes/gradients/gradient_by_distance.ts";
import { fitRate } from "lib/probes/gradients/rate_fit.ts";

/** The half-life of an LSTM's memory with nothing but its forget gate at work. */
export interface ClosedGate {
  readonly forgetBias: number;
  /** ln 2 / -ln sigmoid(b), in time steps. */
  readonly theory: number;
  readonly measured: number;
}

/**
 * An LSTM of one unit whose input gate is closed and whose gates read nothing: d c_T / d c_0 must be
 * sigmoid(b)^T. Measured over 100 steps with the probe that serves any LSTM.
 */
export function closedGateHalfLife(forgetBias: number): ClosedGate {
  const closed = -745; // the largest bias whose sigmoid is not yet an exact 0
  const layer = {
    cell: "lstm" as const,
    inputSize: 1,
    hiddenSize: 1,
    inputWeights: new Float64Array(4),
    recurrentWeights: new Float64Array(4),
    bias: Float64Array.of(closed, forgetBias, 0, 0),
  };
  const trajectory = cellTrajectory(layer, { inputIds: new Int32Array(100) });
  const records = stateGradientByDistance(trajectory, { outputGradient: [0, 1], part: "cell" });
  const theory = Math.LN2 / -Math.log(sigmoid(forgetBias));
  return { forgetBias, theory, measured: fitRate(records).halfLife };
}
