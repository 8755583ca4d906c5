import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** Directions of greatest variance of a cloud of points. */
export interface PrincipalComponents {
  /** Share of the variance along each component, in falling order. */
  readonly varianceShares: Float64Array;
  /** Coordinates of a point along the first components. */
  project(point: ArrayLike<number>): Float64Array;
}

/**
 * The first principal components of points: eigenvectors of their covariance.
 *
 * A component's sign is arbitrary; here its largest entry is positive.
 *
 * @param options.count components to keep; 2 unless told.
 * @throws {RangeError} if there are fewer than two points, or fewer dimensions than components.
 */
export function principalComponents(
  points: readonly ArrayLike<number>[],
  { count = 2 }: { count?: number } = {},
): PrincipalComponents {
  const size = points[0]?.length ?? 0;
  if (points.length < 2 || size < count) {
    throw new RangeError(
      `Cannot give ${count} principal components of ${points.length} points in ${size} dimensions.`,
    );
  }
  const mean = new Float64Array(size);
  for (const point of points) for (let i = 0; i < size; i++) mean[i] += point[i] / points.length;
  const covariance = Matrix.zeros(size, size);
  for (const point of points) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        const product = (point[i] - mean[i]) * (point[j] - mean[j]) / points.length;
        covariance.set(i, j, covariance.get(i, j) + product);
      }
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) covariance.set(j, i, covariance.get(i, j));
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, index) => index)
    .sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  const total = realEigenvalues.reduce((sum, value) => sum + value, 0);
  const directions = order.slice(0, count).map((column) => {
    const direction = eigenvectorMatrix.getColumn(column);
    const largest = direction.reduce((best, value) =>
      Math.abs(value) > Math.abs(best) ? value : best
    );
    return direction.map((value) => value * Math.sign(largest));
  });
  return {
    varianceShares: Float64Array.from(order, (index) => realEigenvalues[index] / total),
    project: (point) =>
      Float64Array.from(
        directions,
        (direction) => direction.reduce((sum, value, i) => sum + value * (point[i] - mean[i]), 0),
      ),
  };
}
