import { CholeskyDecomposition, Matrix } from "ml-matrix";

/** A linear map with intercept, fitted by least squares. */
export interface LinearProbe {
  /** Targets predicted from one row of features. */
  predict(features: ArrayLike<number>): Float64Array;
}

/**
 * Fits targets = features W + b by ridge regression: (X'X + ridge n I) W = X'Y, the intercept not penalised.
 *
 * A closed form, so that the probe adds no training of its own to what it measures. Columns are centred; `ridge` is
 * relative to the mean variance of the features. Where a feature never varies its weight is 0.
 *
 * @param features rows of equal length.
 * @param targets as many rows, of equal length.
 * @throws {RangeError} if there are no rows, or not as many of both.
 */
export function fitLinearProbe(
  features: readonly ArrayLike<number>[],
  targets: readonly ArrayLike<number>[],
  { ridge = 1e-4 }: { ridge?: number } = {},
): LinearProbe {
  if (features.length === 0 || features.length !== targets.length) {
    throw new RangeError(
      `Cannot fit a probe: ${features.length} rows of features, ${targets.length} of targets.`,
    );
  }
  const width = features[0].length;
  const outputs = targets[0].length;
  const featureMeans = columnMeans(features, width);
  const targetMeans = columnMeans(targets, outputs);
  const gram = Matrix.zeros(width, width);
  const cross = Matrix.zeros(width, outputs);
  const centred = new Float64Array(width);
  features.forEach((row, index) => {
    for (let i = 0; i < width; i++) centred[i] = row[i] - featureMeans[i];
    for (let i = 0; i < width; i++) {
      if (centred[i] === 0) continue;
      for (let j = i; j < width; j++) gram.set(i, j, gram.get(i, j) + centred[i] * centred[j]);
      for (let k = 0; k < outputs; k++) {
        const target = targets[index][k] - targetMeans[k];
        cross.set(i, k, cross.get(i, k) + centred[i] * target);
      }
    }
  });
  const penalty = ridge * (gram.trace() / width || 1);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < i; j++) gram.set(i, j, gram.get(j, i));
    gram.set(i, i, gram.get(i, i) + penalty);
  }
  const weights = new CholeskyDecomposition(gram).solve(cross);
  return {
    predict: (row) =>
      Float64Array.from({ length: outputs }, (_, k) => {
        let sum = targetMeans[k];
        for (let i = 0; i < width; i++) sum += (row[i] - featureMeans[i]) * weights.get(i, k);
        return sum;
      }),
  };
}

/**
 * Share of the targets' variance that a probe explains: 1 - sum of squared errors / sum of squared deviations from
 * the mean, all target columns together. 1 is perfect, 0 no better than the mean, below 0 worse.
 */
export function explainedVariance(
  probe: LinearProbe,
  features: readonly ArrayLike<number>[],
  targets: readonly ArrayLike<number>[],
): number {
  const outputs = targets[0].length;
  const means = columnMeans(targets, outputs);
  let errors = 0, deviations = 0;
  features.forEach((row, index) => {
    probe.predict(row).forEach((value, k) => {
      errors += (value - targets[index][k]) ** 2;
      deviations += (means[k] - targets[index][k]) ** 2;
    });
  });
  return 1 - errors / deviations;
}

function columnMeans(rows: readonly ArrayLike<number>[], width: number): Float64Array {
  const means = new Float64Array(width);
  for (const row of rows) for (let i = 0; i < width; i++) means[i] += row[i] / rows.length;
  return means;
}
