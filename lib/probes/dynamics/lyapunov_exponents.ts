import { euclideanNorm } from "lib/probes/euclidean_norm.ts";
import type { StateTrajectory } from "lib/probes/cell_trajectory.ts";

/**
 * Lyapunov exponents of a trajectory: the mean log growth per step of the gradient in each
 * direction, largest first, in nats per time step [count].
 *
 * Vectors are pulled back step by step and orthonormalised again (QR accumulation, Benettin et al.
 * 1980), so that neither 1,000 steps nor a spread of hundreds of decades under- or overflows. The
 * first `warmUp` steps turn the vectors into place and are not counted.
 *
 * @throws {RangeError} if no step is left after the warm-up.
 */
export function lyapunovExponents(
  trajectory: StateTrajectory,
  { count = trajectory.stateSize, warmUp = 0 }: { count?: number; warmUp?: number } = {},
): Float64Array {
  const { stateSize, timeSteps } = trajectory;
  if (!(warmUp < timeSteps)) {
    throw new RangeError(`Cannot measure: ${timeSteps} steps, ${warmUp} of them to warm up.`);
  }
  const logGrowth = new Float64Array(count);
  let basis = cosineBasis(count, stateSize);
  for (let done = 0; done < timeSteps; done++) {
    basis = basis.map((vector) => trajectory.vectorJacobianProduct(timeSteps - done, vector));
    const lengths = orthonormalise(basis);
    if (done >= warmUp) lengths.forEach((length, i) => logGrowth[i] += Math.log(length));
  }
  return logGrowth.map((total) => total / (timeSteps - warmUp)).sort().reverse();
}

/** Orthonormal vectors without a zero: a unit vector would die at once where a relu unit is off. */
function cosineBasis(count: number, size: number): Float64Array[] {
  return Array.from({ length: count }, (_, i) =>
    Float64Array.from(
      { length: size },
      (_, j) => Math.sqrt((i > 0 ? 2 : 1) / size) * Math.cos(Math.PI * i * (j + 0.5) / size),
    ));
}

/**
 * Orthonormalises vectors in place (modified Gram-Schmidt, twice for accuracy) and returns the length
 * that each had left: the diagonal of R. A vector with nothing left becomes zero, its length 0.
 */
export function orthonormalise(vectors: Float64Array[]): Float64Array {
  return Float64Array.from(vectors, (vector, index) => {
    const lengthBefore = euclideanNorm(vector);
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors.slice(0, index)) {
        let along = 0;
        for (let i = 0; i < vector.length; i++) along += vector[i] * other[i];
        for (let i = 0; i < vector.length; i++) vector[i] -= along * other[i];
      }
    }
    const length = euclideanNorm(vector);
    if (!(length > lengthBefore * 1e-15)) {
      vector.fill(0);
      return 0;
    }
    for (let i = 0; i < vector.length; i++) vector[i] /= length;
    return length;
  });
}
