import { heatMap } from "lib/figures/heat_map.ts";
import { lineChart } from "lib/figures/line_chart.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import type { Reference } from "lib/figures/parts/reference_lines.ts";
import { medianWithSpread } from "lib/figures/series.ts";
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

/** One curve from the runs of several seeds: the median log10 norm at each distance, with its spread. */
export function medianNormCurve(
  label: string,
  runs: readonly (readonly GradientAtDistance[])[],
): NormCurve {
  const points = runs.map((run) =>
    run.map(({ distance, log10Norm }) => ({ x: distance, y: log10Norm }))
  );
  return {
    label,
    points: medianWithSpread(points).map(({ x, y, low, high }) => ({
      distance: x,
      log10Norm: y,
      low,
      high,
    })),
  };
}

/** A gradient's norm for one network at one distance. */
export interface GradientMapCell {
  gain: number;
  distance: number;
  log10Norm: number;
}

/**
 * The map gain × distance → norm of the gradient, with the boundary between its two regions.
 *
 * @param options.criticalGain where theory has neither vanishing nor explosion
 * @throws {RangeError} if there are no cells
 */
export function gradientMap(
  cells: readonly GradientMapCell[],
  { criticalGain, title = "Left of the edge the gradient vanishes, right of it it explodes" }: {
    criticalGain: number;
    title?: string;
  },
): FigureElement {
  const distances = cells.map(({ distance }) => distance);
  const edge = (distance: number) => ({ x: criticalGain, y: distance });
  return heatMap(
    cells.map(({ gain, distance, log10Norm }) => ({ x: gain, y: distance, value: log10Norm })),
    {
      title,
      x: { label: "gain g (about the spectral radius)", unit: null },
      y: { label: "distance T − t", unit: "time steps" },
      colour: {
        label: "norm of the gradient",
        unit: null,
        kind: "diverging",
        scale: "exponent",
        domain: { low: -15, high: 15 }, // beyond, the end colours say enough
        steps: 12,
      },
      boundaries: [{
        label: "theory: χ = 1",
        points: [edge(Math.min(...distances)), edge(Math.max(...distances))],
      }],
    },
  );
}

/** The gradient's rates at one gain: one per seed, and what theory says. */
export interface RatesAtGain {
  gain: number;
  rates: readonly number[];
  theory: number;
}

/**
 * Rate per step of the gradient against the gain, beside mean-field theory and the linear network.
 *
 * @throws {RangeError} if no rate is finite
 */
export function rateByGain(
  records: readonly RatesAtGain[],
  { title = "Saturation bends the rate away from the linear network's" }: { title?: string } = {},
): FigureElement {
  const runs = records.map(({ gain, rates }) => rates.map((y) => ({ x: gain, y })));
  const highest = Math.max(...records.flatMap(({ rates }) => rates));
  const linear = records.filter(({ gain }) => gain <= 1.2 * highest);
  return lineChart([
    { label: "measured", points: medianWithSpread(runs) },
    {
      label: "mean-field theory",
      kind: "theory",
      points: records.map(({ gain, theory }) => ({ x: gain, y: theory })),
    },
    {
      label: "linear RNN: g",
      kind: "theory",
      points: linear.map(({ gain }) => ({ x: gain, y: gain })),
    },
  ], {
    title,
    x: { label: "gain g", unit: null },
    y: { label: "rate of the gradient", unit: "per step" },
    references: [{ label: "1: neither", y: 1 }],
  });
}
