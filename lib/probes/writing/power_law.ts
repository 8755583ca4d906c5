import { linearRegression, linearRegressionLine, rSquared } from "simple-statistics";

/** A power law y = factor * x^exponent, and how well it describes the points. */
export interface PowerLaw {
  readonly exponent: number;
  readonly factor: number;
  /** Share of the variance of ln y that the line explains. */
  readonly rSquared: number;
  /** ln y less the line, in the points' order. */
  readonly residuals: readonly number[];
}

/**
 * Fits a straight line to ln y over ln x (least squares).
 *
 * @throws {RangeError} if there are fewer than two different x, or a coordinate is not above 0.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { fitPowerLaw } from "lib/probes/writing/power_law.ts";
 * const law = fitPowerLaw([1, 2, 4].map((x) => ({ x, y: 3 * x ** -0.5 })));
 * assertAlmostEquals(law.exponent, -0.5, 1e-12);
 * ```
 */
export function fitPowerLaw(points: readonly { x: number; y: number }[]): PowerLaw {
  if (
    points.some(({ x, y }) => !(x > 0) || !(y > 0)) || new Set(points.map(({ x }) => x)).size < 2
  ) {
    throw new RangeError(
      `Cannot fit a power law to ${points.length} points: it takes two different x, all above 0.`,
    );
  }
  const logs = points.map(({ x, y }) => [Math.log(x), Math.log(y)]);
  const line = linearRegression(logs);
  const lineAt = linearRegressionLine(line);
  return {
    exponent: line.m,
    factor: Math.exp(line.b),
    rSquared: rSquared(logs, lineAt),
    residuals: logs.map(([x, y]) => y - lineAt(x)),
  };
}
