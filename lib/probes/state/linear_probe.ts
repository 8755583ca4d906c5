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
  const gram = new Float64Array(width * width);
  const cross = new Float64Array(width * outputs);
  const centred = new Float64Array(width);
  features.forEach((row, index) => {
    const target = targets[index];
    for (let i = 0; i < width; i++) centred[i] = row[i] - featureMeans[i];
    for (let i = 0; i < width; i++) {
      for (let j = 0; j <= i; j++) gram[i * width + j] += centred[i] * centred[j];
    }
    // Centred features make centring the targets needless, and most targets are 0: one-hot tokens.
    for (let k = 0; k < outputs; k++) {
      if (target[k] === 0) continue;
      for (let i = 0; i < width; i++) cross[i * outputs + k] += centred[i] * target[k];
    }
  });
  const weights = solveRidge(gram, cross, { width, outputs, ridge });
  return {
    predict: (row) =>
      Float64Array.from({ length: outputs }, (_, k) => {
        let sum = targetMeans[k];
        for (let i = 0; i < width; i++) sum += (row[i] - featureMeans[i]) * weights[i][k];
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

/** (gram + ridge * its mean diagonal) W = cross, by Cholesky; `gram` is the lower triangle. */
function solveRidge(
  gram: Float64Array,
  cross: Float64Array,
  { width, outputs, ridge }: { width: number; outputs: number; ridge: number },
): number[][] {
  const at = (i: number, j: number) => gram[Math.max(i, j) * width + Math.min(i, j)];
  const indices = Array.from({ length: width }, (_, i) => i);
  const trace = indices.reduce((sum, i) => sum + at(i, i), 0);
  const penalty = ridge * (trace / width || 1);
  const system = new Matrix(
    indices.map((i) => indices.map((j) => at(i, j) + (i === j ? penalty : 0))),
  );
  const right = new Matrix(
    indices.map((i) => Array.from(cross.subarray(i * outputs, (i + 1) * outputs))),
  );
  return new CholeskyDecomposition(system).solve(right).to2DArray();
}

function columnMeans(rows: readonly ArrayLike<number>[], width: number): Float64Array {
  const means = new Float64Array(width);
  for (const row of rows) for (let i = 0; i < width; i++) means[i] += row[i] / rows.length;
  return means;
}
