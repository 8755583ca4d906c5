import { PCA } from "ml-pca";

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
  const pca = new PCA(points.map((point) => Array.from(point)), { method: "covarianceMatrix" });
  const directions = pca.getEigenvectors();
  const signs = Array.from({ length: count }, (_, component) => {
    const largest = directions.getColumn(component).reduce((best, value) =>
      Math.abs(value) > Math.abs(best) ? value : best
    );
    return Math.sign(largest);
  });
  return {
    varianceShares: Float64Array.from(pca.getExplainedVariance()),
    project(point) {
      const coordinates = pca.predict([Array.from(point)], { nComponents: count }).getRow(0);
      return Float64Array.from(coordinates, (value, component) => value * signs[component]);
    },
  };
}
