import * as Plot from "@observablehq/plot";
import type { NormCurve } from "lib/figures/lecture/gradient_by_distance.ts";
import { fitAxis } from "lib/figures/parts/axis.ts";
import { cartesianPlot } from "lib/figures/parts/cartesian_plot.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { seriesColours } from "lib/figures/parts/figure_style.ts";
import { describeSeries } from "lib/figures/parts/series_description.ts";
import { seriesLabels, seriesMarks, styleSeries } from "lib/figures/parts/series_marks.ts";
import { scatterPlot } from "lib/figures/scatter_plot.ts";
import { clipPoints, type Series } from "lib/figures/series.ts";

/** The singular values of d h_T / d h_t at one distance, log10, in any order. */
export interface SingularValuesAtDistance {
  distance: number;
  log10SingularValues: ArrayLike<number>;
}

/** Bounds and texts of a fan of singular values. */
export interface SingularValuesOptions {
  title?: string;
  bounds?: readonly NormCurve[];
  /** Lowest log10 value shown; float32 products hold nothing below −38. */
  lowest?: number;
  description?: string;
}

/**
 * The fan of singular values of the state-to-state Jacobian against distance.
 *
 * Every singular value is a thin line; the largest, the median and the smallest are labelled. How
 * far the fan opens says how many directions of the state still carry a gradient.
 *
 * @throws {RangeError} if no value is finite
 */
export function singularValues(
  records: readonly SingularValuesAtDistance[],
  { title = "Singular values of ∂h(T)/∂h(t)", bounds = [], lowest, description }:
    SingularValuesOptions = {},
): FigureElement {
  const sorted = records.map(({ distance, log10SingularValues }) => ({
    distance,
    values: Array.from(log10SingularValues).sort((a, b) => b - a),
  }));
  const count = Math.max(0, ...sorted.map(({ values }) => values.length));
  const line = (rank: number) =>
    sorted.map(({ distance, values }) => ({ x: distance, y: values[rank] ?? NaN }));
  const named: Series[] = [
    { label: "largest", points: line(0) },
    ...(count > 2 ? [{ label: "median", points: line(Math.floor((count - 1) / 2)) }] : []),
    ...(count > 1 ? [{ label: "smallest", points: line(count - 1) }] : []),
    ...bounds.map(({ label, points }): Series => ({
      label,
      kind: "theory",
      points: points.map(({ distance, log10Norm }) => ({ x: distance, y: log10Norm })),
    })),
  ];
  const x = fitAxis({ label: "distance T − t", unit: "time steps" }, {
    values: sorted.map(({ distance }) => distance),
    round: false,
  });
  const shownValues = [...sorted.flatMap(({ values }) => values), ...named.flatMap(heights)]
    .filter((value) => lowest === undefined || value >= lowest);
  const y = fitAxis({ label: "singular value", unit: null, scale: "exponent" }, {
    values: shownValues,
  });
  const fan = Array.from(
    { length: count },
    (_, rank) =>
      Plot.line(clipPoints(line(rank), y.domain), {
        x: "x",
        y: "y",
        stroke: seriesColours[5],
        strokeWidth: 1,
        strokeOpacity: 0.45,
      }),
  );
  const styled = styleSeries(named);
  return cartesianPlot([fan, seriesMarks(styled, { y })], {
    title,
    description: description ??
      `${count} singular values at each distance. ${describeSeries(named, { x, y })}`,
    data: sorted.flatMap(({ distance, values }) =>
      values.map((log10SingularValue, rank) => ({ distance, rank, log10SingularValue }))
    ),
    x,
    y,
    labels: seriesLabels(styled, { y }),
  });
}

function heights({ points }: Series): number[] {
  return points.map(({ y }) => y);
}

/** A network's Jacobian norm over its bound. */
export interface BoundRatio {
  cell: string;
  distance: number;
  /** 1 reaches the bound. */
  ratio: number;
}

/**
 * How near many networks' Jacobians come to their bounds, by distance, on a logarithmic axis.
 *
 * @throws {RangeError} if no ratio is positive
 */
export function boundChart(trials: readonly BoundRatio[]): FigureElement {
  const points = trials.map(({ cell, distance, ratio }) => ({
    x: distance,
    y: Math.log10(ratio),
    group: cell.replace("rnn-", ""),
  }));
  return scatterPlot(points, {
    title: `${trials.length} random networks under their bound`,
    x: { label: "distance T − t", unit: "time steps" },
    y: { label: "norm of the Jacobian ÷ bound", unit: null, scale: "exponent" },
    references: [{ label: "the bound", y: 0 }],
  });
}
