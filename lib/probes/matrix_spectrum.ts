import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from "ml-matrix";

/** Largest modulus of an eigenvalue of a square matrix, row-major [size, size]. */
export function spectralRadius(values: ArrayLike<number>, size: number): number {
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(
    square(values, size),
  );
  return Math.max(...realEigenvalues.map((real, i) => Math.hypot(real, imaginaryEigenvalues[i])));
}

/** Largest singular value of a square matrix, row-major [size, size]. */
export function spectralNorm(values: ArrayLike<number>, size: number): number {
  const { norm2 } = new SingularValueDecomposition(square(values, size), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
  });
  return norm2;
}

/**
 * A matrix scaled to a spectral radius.
 *
 * @throws {RangeError} if all its eigenvalues are 0.
 */
export function scaleToSpectralRadius(
  values: Float32Array,
  { size, radius }: { size: number; radius: number },
): Float32Array {
  const now = spectralRadius(values, size);
  if (now === 0) throw new RangeError("Cannot scale a matrix: all its eigenvalues are 0.");
  return values.map((value) => value * radius / now);
}

function square(values: ArrayLike<number>, size: number): Matrix {
  if (values.length !== size * size) {
    throw new RangeError(`Cannot read a ${size} x ${size} matrix: got ${values.length} numbers.`);
  }
  return Matrix.from1DArray(size, size, Array.from(values));
}
