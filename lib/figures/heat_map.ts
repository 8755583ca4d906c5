import * as Plot from "@observablehq/plot";
import { type Axis, axisTitle, fitAxis } from "lib/figures/parts/axis.ts";
import { cartesianPlot } from "lib/figures/parts/cartesian_plot.ts";
import { type ColourRamp, steppedRamp } from "lib/figures/parts/colour_ramp.ts";
import { colourScaleWidth, rampText, uprightColourScale } from "lib/figures/parts/colour_scale.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { boundaryMarks, type MapBoundary } from "lib/figures/lecture/map_boundary.ts";
import { figureSize } from "lib/figures/parts/figure_style.ts";
import { numberText } from "lib/figures/parts/number_text.ts";

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
