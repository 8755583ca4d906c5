import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { jacobianSpectra } from "lib/kernels/fused/jacobian_products.ts";
import type { StateTrajectory } from "lib/probes/cell_trajectory.ts";

/** The singular values of d h_T / d h_t at one distance. */
export interface JacobianSpectrum {
  /** T - t, in time steps. */
  readonly distance: number;
  /**
   * log10, largest first. Those more than 15 decades below the largest are lost to rounding and left
   * out (NaN); `lyapunovExponents` reaches them.
   */
  readonly log10SingularValues: Float64Array;
}

const RESOLVED_DECADES = 15;
const FEWEST_FOR_KERNELS = 24;

/** At which distances, and of which part of the state. */
export interface StateJacobianOptions {
  readonly distances: readonly number[];
  readonly part?: "hidden" | "state";
}

/**
 * Singular values of d h_T / d h_t at the distances asked for, from the product of the step
 * Jacobians in float64, rescaled at each step so that no distance is too far.
 *
 * States of 24 numbers or more are multiplied by the WebAssembly kernels, smaller ones, for which
 * these take longer to start than to compute, by `plainStateJacobian`.
 *
 * For an LSTM `part: "state"` asks for the derivative of (h_T, c_T) by (h_t, c_t), paths through the
 * cell state included; "hidden" for its block d h_T / d h_t.
 *
 * @throws {RangeError} if a distance is not from 0 to the trajectory's length.
 */
export function stateJacobian(
  trajectory: StateTrajectory,
  options: StateJacobianOptions,
): JacobianSpectrum[] {
  const { stateSize, hiddenSize, timeSteps } = trajectory;
  const { distances, part = "hidden" } = options;
  if (stateSize < FEWEST_FOR_KERNELS) return plainStateJacobian(trajectory, options);
  requireDistances(trajectory, distances);
  const stepJacobian = (timeStep: number) =>
    trajectory.stepJacobian?.(timeStep) ?? pulledBack(trajectory, timeStep);
  const blockSize = part === "hidden" ? hiddenSize : stateSize;
  return jacobianSpectra({ stateSize, blockSize, timeSteps, distances, stepJacobian });
}

/**
 * The same in plain loops and with a library's decomposition, from the chain rule's own direction:
 * unit vectors at h_T are pulled back.
 *
 * @throws {RangeError} if a distance is not from 0 to the trajectory's length.
 */
export function plainStateJacobian(
  trajectory: StateTrajectory,
  { distances, part = "hidden" }: StateJacobianOptions,
): JacobianSpectrum[] {
  const { timeSteps, hiddenSize, stateSize } = trajectory;
  requireDistances(trajectory, distances);
  const size = part === "hidden" ? hiddenSize : stateSize;
  let rows: Float64Array[] = Array.from({ length: size }, (_, i) => {
    const unit = new Float64Array(stateSize);
    unit[i] = 1;
    return unit;
  });
  let log10Scale = 0;
  const spectra: JacobianSpectrum[] = [];
  const furthest = Math.max(...distances);
  for (let distance = 0; distance <= furthest; distance++) {
    if (distances.includes(distance)) {
      const block = rows.map((row) => row.subarray(0, size));
      spectra.push({ distance, log10SingularValues: log10Singular(block, log10Scale) });
    }
    if (distance === furthest) break;
    rows = rows.map((row) => trajectory.vectorJacobianProduct(timeSteps - distance, row));
    const largest = rows.reduce((most, row) => Math.max(most, ...row.map(Math.abs)), 0);
    if (largest > 0) {
      rows = rows.map((row) => row.map((value) => value / largest));
      log10Scale += Math.log10(largest);
    }
  }
  return spectra;
}

/** The Jacobian of one step, a row for each unit vector pulled back. */
function pulledBack(trajectory: StateTrajectory, timeStep: number): Float64Array {
  const { stateSize } = trajectory;
  const jacobian = new Float64Array(stateSize * stateSize);
  for (let i = 0; i < stateSize; i++) {
    const unit = new Float64Array(stateSize);
    unit[i] = 1;
    jacobian.set(trajectory.vectorJacobianProduct(timeStep, unit), i * stateSize);
  }
  return jacobian;
}

function requireDistances({ timeSteps }: StateTrajectory, distances: readonly number[]): void {
  const wrong = distances.find((distance) => !(distance >= 0 && distance <= timeSteps));
  if (wrong !== undefined) {
    throw new RangeError(`Cannot look ${wrong} steps back: the trajectory has ${timeSteps}.`);
  }
}

function log10Singular(rows: readonly Float64Array[], log10Scale: number): Float64Array {
  const { diagonal } = new SingularValueDecomposition(new Matrix(rows.map((row) => [...row])), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
  });
  const sorted = Float64Array.from(diagonal).sort().reverse();
  const smallest = sorted[0] * 10 ** -RESOLVED_DECADES;
  return sorted.map((value) =>
    value >= smallest && sorted[0] > 0 ? log10Scale + Math.log10(value) : NaN
  );
}

/** Largest singular value of a square matrix, row-major [size, size]. */
export function spectralNorm(values: ArrayLike<number>, size: number): number {
  const { norm2 } = new SingularValueDecomposition(square(values, size), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
  });
  return norm2;
}

function square(values: ArrayLike<number>, size: number): Matrix {
  if (values.length !== size * size) {
    throw new RangeError(`Cannot read a ${size} x ${size} matrix: got ${values.length} numbers.`);
  }
  return Matrix.from1DArray(size, size, Array.from(values));
}
