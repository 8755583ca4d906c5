import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { lineChart } from "lib/figures/line_chart.ts";
import type { Reference } from "lib/figures/parts/reference_lines.ts";
import type { GradientAtDistance } from "lib/probes/gradients/gradient_by_distance.ts";

/** A gradient's norm at one distance, with its spread over runs where there is one. */
export interface NormAtDistance extends GradientAtDistance {
  /** log10, as the norm is. */
  low?: number;
  high?: number;
}

/** A named curve of norms: one model measured, or one bound. */
export interface NormCurve {
  label: string;
  points: readonly NormAtDistance[];
}

/** Bounds and texts of a gradient figure. */
export interface GradientByDistanceOptions {
  title?: string;
  /** What theory allows or predicts, dashed on the same axes. */
  bounds?: readonly NormCurve[];
  references?: readonly Reference[];
  /** Label of the y axis. */
  quantity?: string;
  description?: string;
}

/**
 * Norms of a gradient against the distance it travelled, on a logarithmic axis, with bounds.
 *
 * A straight line is an exponential: its slope is the rate per step. Exact zeros (log10 = −∞) are
 * left out, and the description says how many.
 *
 * @throws {RangeError} if no norm is finite
 */
export function gradientByDistance(
  curves: readonly NormCurve[],
  {
    title = "The gradient by the distance it travelled",
    bounds = [],
    references,
    quantity = "norm of ∂loss(T)/∂h(t)",
    description,
  }: GradientByDistanceOptions = {},
): FigureElement {
  const series = (kind: "measured" | "theory") => ({ label, points }: NormCurve) => ({
    label,
    kind,
    points: points.map(({ distance, log10Norm, low, high }) => ({
      x: distance,
      y: log10Norm,
      low,
      high,
    })),
  });
  return lineChart([...curves.map(series("measured")), ...bounds.map(series("theory"))], {
    title,
    description,
    references,
    x: { label: "distance T − t", unit: "time steps" },
    y: { label: quantity, unit: null, scale: "exponent" },
  });
}

/**
 * The line of a bound `norm(k) <= start · ratePerStep^k`, for `bounds`.
 *
 * @example
 * ```ts
 * import { exponentialBound } from "lib/figures/lecture/gradient_by_distance.ts";
 * import { assertEquals } from "@std/assert";
 * const { points } = exponentialBound({ label: "0.1^k", ratePerStep: 0.1, maxDistance: 50 });
 * assertEquals(points[1], { distance: 50, log10Norm: -50 });
 * ```
 */
export function exponentialBound(
  { label, ratePerStep, maxDistance, start = 1 }: {
    label: string;
    ratePerStep: number;
    maxDistance: number;
    start?: number;
  },
): NormCurve {
  const at = (distance: number) => ({
    distance,
    log10Norm: Math.log10(start) + distance * Math.log10(ratePerStep),
  });
  return { label, points: [at(0), at(maxDistance)] };
}
