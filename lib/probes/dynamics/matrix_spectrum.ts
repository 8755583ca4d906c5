import { Matrix, SingularValueDecomposition } from "ml-matrix";

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
