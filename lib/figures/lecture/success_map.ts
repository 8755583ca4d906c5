import * as Plot from "@observablehq/plot";
import { barChart } from "lib/figures/bar_chart.ts";
import { heatMap } from "lib/figures/heat_map.ts";
import type { FittedAxis } from "lib/figures/parts/axis.ts";
import { cartesianPlot } from "lib/figures/parts/cartesian_plot.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { figureSize, themeColour } from "lib/figures/parts/figure_style.ts";
import { wrapText } from "lib/figures/parts/text_width.ts";

/** How many runs of one network solved the task at one length. */
export interface SuccessCell {
  remedy: string;
  length: number;
  runs: number;
  /** Share of the runs that solved it. */
  share: number;
}

const rowHeight = 26;

/**
 * Networks by length: the share of runs that learn as the strength of the colour, and as numbers.
 *
 * Networks stand in the order in which they first occur; a length that one was not tried at, as
 * none of its runs solved a shorter one, is left open.
 *
 * @throws {RangeError} if there are no cells
 */
export function successMap(
  cells: readonly SuccessCell[],
  { title, length: lengthLabel = "length of the sequence" }: { title: string; length?: string },
): FigureElement {
  if (cells.length === 0) throw new RangeError(`Cannot draw "${title}": there are no cells`);
  const lengths = [...new Set(cells.map(({ length }) => length))].sort((a, b) => a - b);
  const networks = [...new Set(cells.map(({ remedy }) => remedy))];
  const tick = (value: number, text: string) => ({ value: value + 0.5, text });
  const x: FittedAxis = {
    ...{ label: lengthLabel, unit: "time steps", scale: "linear" },
    domain: { low: 0, high: lengths.length },
    ticks: lengths.map((length, place) => tick(place, String(length))),
  };
  const y: FittedAxis = {
    ...{ label: "network", unit: null, scale: "linear", isCategorical: true },
    domain: { low: networks.length, high: 0 },
    ticks: networks.map((network, place) => {
      const lines = wrapText(network, { width: 230, fontSize: figureSize.tickFont });
      return tick(place, lines.join("\n"));
    }),
  };
  const places = networks.flatMap((remedy, row) =>
    lengths.map((length, column) => {
      const cell = cells.find((one) => one.remedy === remedy && one.length === length);
      const solved = cell && Math.round(cell.share * cell.runs);
      return { row, column, remedy, length, ...cell, solved };
    })
  );
  const tried = places.filter(({ solved }) => solved !== undefined);
  return cartesianPlot([
    Plot.rect(tried, {
      ...{ x1: "column", x2: (d) => d.column + 1, y1: "row", y2: (d) => d.row + 1 },
      ...{ fill: themeColour("blue"), fillOpacity: (d) => 0.05 + 0.47 * d.share, inset: 1 },
    }),
    Plot.text(tried, {
      ...{ x: (d) => d.column + 0.5, y: (d) => d.row + 0.5 },
      text: (d) => `${d.solved} of ${d.runs}`,
      // Weak enough a blue that the ink of either theme can be read on it.
      ...{ fill: themeColour("ink"), fontSize: 13 },
    }),
  ], {
    title,
    description: describe(tried),
    data: tried.map(({ remedy, length, runs, solved }) => ({ remedy, length, runs, solved })),
    x,
    y,
    grid: false,
    marginRight: 24,
    height: 104 + rowHeight * networks.length,
  });
}

function describe(
  cells: readonly { remedy: string; length: number; runs?: number; solved?: number }[],
): string {
  const rows = Map.groupBy(cells, ({ remedy }) => remedy);
  const texts = [...rows].map(([remedy, own]) =>
    `${remedy}: ${
      own.map(({ length, solved, runs }) => `${solved} of ${runs} at ${length}`).join(", ")
    }`
  );
  return `Runs that learn, by network and length. ${texts.join("; ")}.`;
}

/** How far a remedy reaches, with the range over seeds. */
export interface ReachBar {
  remedy: string;
  longest: number;
  low: number;
  high: number;
}

/**
 * The longest task that each remedy solves in at least half of its runs, as bars.
 *
 * @throws {RangeError} if there are no bars
 */
export function reachChart(
  reaches: readonly ReachBar[],
  { title }: { title: string },
): FigureElement {
  return barChart(
    reaches.map(({ remedy, longest, low, high }) => ({ label: remedy, value: longest, low, high })),
    {
      title,
      value: { label: "longest sequence solved", unit: "time steps" },
      category: "network",
    },
  );
}

/** Share of runs that solved the task at one gain and length. */
export interface PhaseCell {
  gain: number;
  length: number;
  share: number;
}

/**
 * The phase diagram of learning: share of solved runs over initial gain and sequence length.
 *
 * @throws {RangeError} if there are no cells
 */
export function phaseDiagram(
  cells: readonly PhaseCell[],
  { title }: { title: string },
): FigureElement {
  return heatMap(cells.map(({ gain, length, share }) => ({ x: gain, y: length, value: share })), {
    title,
    x: { label: "initial gain of the recurrent matrix", unit: null },
    y: { label: "length of the sequence", unit: "time steps", scale: "log" },
    colour: {
      label: "share of runs that learn",
      unit: null,
      domain: { low: 0, high: 1 },
      steps: 6,
    },
  });
}
