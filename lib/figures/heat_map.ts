import * as Plot from "@observablehq/plot";
import { type Axis, axisTitle, fitAxis, type FittedAxis } from "lib/figures/parts/axis.ts";
import { cartesianPlot } from "lib/figures/parts/cartesian_plot.ts";
import { type ColourRamp, steppedRamp } from "lib/figures/parts/colour_ramp.ts";
import { colourScaleWidth, rampText, uprightColourScale } from "lib/figures/parts/colour_scale.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { figureSize } from "lib/figures/parts/figure_style.ts";
import { numberText } from "lib/figures/parts/number_text.ts";
import { svgElement } from "lib/figures/parts/svg_element.ts";
import { textWidth } from "lib/figures/parts/text_width.ts";
import { clipPoints, type SeriesPoint } from "lib/figures/series.ts";

/** A value at a place of the map. */
export interface MapCell {
  x: number;
  y: number;
  value: number;
}

/** Axes, colours and boundaries of a heat map. */
export interface HeatMapOptions {
  title: string;
  x: Axis;
  y: Axis;
  colour: ColourRamp;
  boundaries?: readonly MapBoundary[];
  description?: string;
  height?: number;
}

/**
 * A map of cells coloured in steps, with a labelled colour scale and boundaries on top.
 *
 * Cells reach half way to their neighbours, so the places need not be evenly spaced. Values beyond
 * the scale take the end colours (−∞ too); values that are not numbers are grey.
 *
 * @throws {RangeError} if there are no cells or no value is finite
 */
export function heatMap(cells: readonly MapCell[], options: HeatMapOptions): FigureElement {
  if (cells.length === 0) throw new RangeError("Cannot draw a heat map: there are no cells");
  const { colour, boundaries = [] } = options;
  const xEdges = cellEdges(cells.map((cell) => cell.x), options.x);
  const yEdges = cellEdges(cells.map((cell) => cell.y), options.y);
  const x = fitAxis(options.x, {
    values: [...xEdges.values()].flatMap(({ low, high }) => [low, high]),
    round: false,
  });
  const y = fitAxis(options.y, {
    values: [...yEdges.values()].flatMap(({ low, high }) => [low, high]),
    round: false,
  });
  const stepped = steppedRamp(colour, cells.map(({ value }) => value));
  const marginRight = colourScaleWidth(colour, stepped);
  const valueText = (value: number) =>
    Number.isFinite(value) ? rampText(Math.round(value * 1e3) / 1e3, colour) : numberText(value);
  const legend = (
    _index: unknown,
    _scales: unknown,
    _values: unknown,
    frame: { width: number; marginTop: number },
  ) =>
    uprightColourScale({
      ramp: colour,
      stepped,
      x: frame.width - marginRight + 18,
      y: frame.marginTop + 8,
      hasMissing: cells.some(({ value }) => Number.isNaN(value)),
    });
  return cartesianPlot([
    Plot.rect(cells, {
      x1: (cell: MapCell) => xEdges.get(cell.x)!.low,
      x2: (cell: MapCell) => xEdges.get(cell.x)!.high,
      y1: (cell: MapCell) => yEdges.get(cell.y)!.low,
      y2: (cell: MapCell) => yEdges.get(cell.y)!.high,
      fill: (cell: MapCell) => stepped.colourOf(cell.value),
      inset: -0.4,
    }),
    ...boundaries.flatMap((boundary) => boundaryMarks(boundary, { x, y })),
    legend as unknown as Plot.Markish,
  ], {
    title: options.title,
    description: options.description ?? describeMap(cells, options, valueText),
    data: cells.map((cell) => ({ x: cell.x, y: cell.y, value: cell.value })),
    x,
    y,
    marginRight,
    grid: false,
    height: options.height ?? figureSize.height,
  });
}

function describeMap(
  cells: readonly MapCell[],
  { x, y, colour, boundaries = [] }: HeatMapOptions,
  valueText: (value: number) => string,
): string {
  const finite = cells.filter(({ value }) => Number.isFinite(value));
  const least = finite.reduce((a, b) => b.value < a.value ? b : a);
  const most = finite.reduce((a, b) => b.value > a.value ? b : a);
  const place = (cell: MapCell) =>
    `${valueText(cell.value)} at ${x.label} ${numberText(cell.x)}, ${y.label} ${
      numberText(cell.y)
    }`;
  return `Map of ${colour.label} by ${axisTitle(x)} and ${axisTitle(y)}. Lowest: ${
    place(least)
  }. ` +
    `Highest: ${place(most)}.` +
    boundaries.map(({ label }) => ` A line shows ${label}.`).join("");
}

interface CellEdges {
  low: number;
  high: number;
}

/** The edges of the cell around each place, half way to its neighbours in the axis's own scale. */
function cellEdges(places: readonly number[], { scale }: Axis): Map<number, CellEdges> {
  const to = scale === "log" ? Math.log : (value: number) => value;
  const from = scale === "log" ? Math.exp : (value: number) => value;
  const sorted = [...new Set(places)].sort((a, b) => a - b);
  const at = sorted.map(to);
  const gap = (index: number) => at[index + 1] - at[index];
  return new Map(sorted.map((place, index) => {
    const before = index > 0 ? gap(index - 1) : at.length > 1 ? gap(0) : 1;
    const after = index < at.length - 1 ? gap(index) : before;
    return [place, { low: from(at[index] - before / 2), high: from(at[index] + after / 2) }];
  }));
}

/** A curve drawn over a map: where theory puts the boundary between regions, or a path across it. */
export interface MapBoundary {
  label: string;
  points: readonly { x: number; y: number }[];
  /** Solid instead of dashed: to tell two curves apart that cover one another. */
  solid?: boolean;
  /** Where along the curve its label stands; the middle unless told. */
  labelAt?: "middle" | "end";
}

/** Marks: the boundary, cut off at the frame, and its label. */
export function boundaryMarks(
  { label, points, solid = false, labelAt = "middle" }: MapBoundary,
  { x, y }: { x: FittedAxis; y: FittedAxis },
): Plot.Markish[] {
  const inside = clipToFrame(points, { x, y });
  const style = { x: "x", y: "y", strokeLinejoin: "round" } as const;
  const finite = inside.filter((point) => Number.isFinite(point.y));
  const labelled = labelAt === "end" ? finite.length - 1 : Math.floor((finite.length - 1) / 2);
  // Dark line in a light casing: it shows on every colour of the map, whatever the theme.
  return [
    Plot.line(inside, { ...style, stroke: "#ffffff", strokeWidth: 5, strokeOpacity: 0.85 }),
    Plot.line(inside, {
      ...{ ...style, stroke: "#1b1b1b", strokeWidth: 2.25 },
      strokeDasharray: solid ? undefined : "7 4",
    }),
    finite.length ? boundaryLabel(label, finite[labelled]) : null,
  ];
}

function boundaryLabel(label: string, { x, y }: { x: number; y: number }): Plot.Markish {
  const fontSize = figureSize.labelFont;
  const draw = (
    _index: unknown,
    scales: { x: (value: number) => number; y: (value: number) => number },
    _values: unknown,
    frame: { width: number; marginRight: number; marginLeft: number; marginTop: number },
  ): FigureElement => {
    const width = textWidth(label, fontSize) * 1.08;
    const rightmost = frame.width - frame.marginRight - width - 8;
    return svgElement("text", {
      x: Math.max(frame.marginLeft + 8, Math.min(scales.x(x) + 10, rightmost)),
      y: Math.max(frame.marginTop + 18, scales.y(y) - 12),
      "text-anchor": "start",
      "font-size": fontSize,
      "font-weight": 600,
      fill: "#1b1b1b",
      stroke: "#ffffff",
      "stroke-width": 5,
      "stroke-opacity": 0.85,
      "paint-order": "stroke",
    }, { text: label });
  };
  return draw as unknown as Plot.Markish;
}

function clipToFrame(
  points: readonly { x: number; y: number }[],
  { x, y }: { x: FittedAxis; y: FittedAxis },
): SeriesPoint[] {
  const swapped = (list: readonly { x: number; y: number }[]) =>
    list.map((point) => ({ x: point.y, y: point.x }));
  const across = clipPoints(swapped(points), { ...x.domain, logarithmic: x.scale === "log" });
  const kept = swapped(across).filter((point) => Number.isFinite(point.x));
  return clipPoints(kept, { ...y.domain, logarithmic: y.scale === "log" });
}
