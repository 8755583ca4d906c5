import { type Axis, fitAxis } from "lib/figures/parts/axis.ts";
import { cartesianPlot } from "lib/figures/parts/cartesian_plot.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import {
  type Reference,
  referenceLabels,
  referenceMarks,
  topLabelRoom,
} from "lib/figures/parts/reference_lines.ts";
import type { Series } from "lib/figures/series.ts";
import { describeSeries, seriesRows } from "lib/figures/parts/series_description.ts";
import { seriesLabels, seriesMarks, styleSeries } from "lib/figures/parts/series_marks.ts";

/** Axes, references and texts of a line chart. */
export interface LineChartOptions {
  title: string;
  x: Axis;
  y: Axis;
  /** Predictions, floors and thresholds, drawn on the same axes. */
  references?: readonly Reference[];
  /** Alternative text; made from the data where left out. */
  description?: string;
  width?: number;
  height?: number;
}

/**
 * Curves over x, each labelled at its end, with bands for the spread over seeds and dashed lines for
 * theory.
 *
 * @throws {RangeError} if no point is finite
 *
 * @example
 * ```ts
 * import { lineChart } from "lib/figures/line_chart.ts";
 * import { assertEquals } from "@std/assert";
 * const svg = lineChart([{ label: "squares", points: [{ x: 1, y: 1 }, { x: 2, y: 4 }] }], {
 *   title: "Squares",
 *   x: { label: "side", unit: "m" },
 *   y: { label: "area", unit: "m²" },
 * });
 * assertEquals(svg.getAttribute("role"), "img");
 * ```
 */
export function lineChart(series: readonly Series[], options: LineChartOptions): FigureElement {
  const { references = [] } = options;
  const points = series.flatMap((one) => one.points);
  const measured = series.filter(({ kind }) => kind !== "theory").flatMap((one) => one.points);
  const at = (axis: "x" | "y") =>
    references.flatMap((reference) => reference[axis] === undefined ? [] : [reference[axis]!]);
  const x = fitAxis(options.x, {
    values: [...(measured.length ? measured : points).map((point) => point.x), ...at("x")],
    round: false,
  });
  const y = fitAxis(options.y, {
    values: [...points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]), ...at("y")],
  });
  const inside = series.map((one) => ({
    ...one,
    points: one.points.filter((point) => point.x >= x.domain.low && point.x <= x.domain.high),
  }));
  const styled = styleSeries(inside);
  return cartesianPlot([...referenceMarks(references), ...seriesMarks(styled, { y })], {
    title: options.title,
    description: options.description ?? describeSeries(series, options),
    data: seriesRows(series),
    x,
    y,
    labels: [...seriesLabels(styled, { y }), ...referenceLabels(references, { x })],
    extraTop: topLabelRoom(references),
    width: options.width,
    height: options.height,
  });
}
