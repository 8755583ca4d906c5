import {
  linearRegression,
  linearRegressionLine,
  rSquared,
  sampleVariance,
} from "simple-statistics";
import { bisect } from "lib/probes/bisection.ts";
import { median } from "lib/probes/median.ts";
import type { GradientAtDistance } from "lib/probes/gradients/gradient_by_distance.ts";

/** An exponential fitted to a gradient by distance: norm(k) = start · rate^k. */
export interface RateFit {
  /** Factor per time step: below 1 the gradient vanishes, above it explodes; NaN of no gradient. */
  readonly ratePerStep: number;
  /** log10 of the norm at distance 0 on the fitted line; NaN where there is none. */
  readonly log10Start: number;
  /** Share of the variance of log10 norm that the line explains; NaN where there is none. */
  readonly rSquared: number;
  /** Distance after which the fitted norm has halved (or doubled, above 1), in time steps. */
  readonly halfLife: number;
}

/**
 * Fits a straight line to log10 norm over the distance (least squares, simple-statistics).
 *
 * Distances below `from` are left out: the first steps still carry the loss's own direction. Exact
 * zeros are left out too. Where these leave fewer than three points, nothing comes through and rate and
 * half-life are 0; NaN where there is no gradient at any distance, as of a loss that is exactly 0.
 *
 * @throws {RangeError} if fewer than three points are left, and none of the others is zero.
 */
export function fitRate(
  records: readonly GradientAtDistance[],
  { from = 0, to = Infinity }: { from?: number; to?: number } = {},
): RateFit {
  const inRange = records.filter(({ distance }) => distance >= from && distance <= to);
  const points = inRange.filter(({ log10Norm }) => Number.isFinite(log10Norm))
    .map(({ distance, log10Norm }) => [distance, log10Norm]);
  if (points.length < 3 && inRange.some(({ log10Norm }) => log10Norm === -Infinity)) {
    const left = records.some(({ log10Norm }) => log10Norm > -Infinity) ? 0 : NaN;
    return { ratePerStep: left, log10Start: NaN, rSquared: NaN, halfLife: left };
  }
  if (points.length < 3) {
    throw new RangeError(`Cannot fit a rate: ${points.length} finite points, not 3.`);
  }
  const line = linearRegression(points);
  const ratePerStep = 10 ** line.m;
  return {
    ratePerStep,
    log10Start: line.b,
    rSquared: rSquared(points, linearRegressionLine(line)),
    halfLife: Math.LN2 / Math.abs(Math.log(ratePerStep)),
  };
}

/** A mean over independent runs with its 95 % confidence interval (Student's t). */
export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly runs: number;
}

/**
 * Mean and 95 % confidence interval of a quantity measured once per independent run.
 *
 * Neighbouring distances of one run share most of their path, so a regression's own standard error
 * would be far too small; the interval comes from the runs.
 *
 * @throws {RangeError} if there are fewer than two runs.
 */
export function meanInterval(values: readonly number[]): MeanInterval {
  const runs = values.length;
  if (runs < 2) throw new RangeError(`Cannot give an interval: ${runs} runs, not 2.`);
  const mean = values.reduce((sum, value) => sum + value, 0) / runs;
  const half = studentQuantile(runs - 1) * Math.sqrt(sampleVariance([...values]) / runs);
  return { mean, low: mean - half, high: mean + half, runs };
}

/** The 0.975 quantile of Student's t with a whole number of degrees of freedom, by bisection. */
export function studentQuantile(degrees: number): number {
  return bisect((value) => studentInside(value, degrees) < 0.95, { from: 0, to: 20, rounds: 60 });
}

/** P(|t| < x): the finite series for whole degrees of freedom (Abramowitz and Stegun 26.7.3-4). */
function studentInside(x: number, degrees: number): number {
  const angle = Math.atan(x / Math.sqrt(degrees));
  const cosine = Math.cos(angle);
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= cosine * cosine * (k - 1) / k;
    sum += term;
  }
  return isOdd ? 2 / Math.PI * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

/** Rates of one network over several runs, in the words of a table. */
export function rateRow(network: string, fits: readonly RateFit[]) {
  const { mean, low, high } = meanInterval(fits.map(({ ratePerStep }) => ratePerStep));
  return {
    "network": network,
    "rate per step": mean,
    "95 % from": low,
    "to": high,
    "half-life, above rate 1 doubling time (steps)": median(fits.map(({ halfLife }) => halfLife)),
    "R² of the line": median(fits.map(({ rSquared }) => rSquared)),
  };
}
