import { barChart } from "lib/figures/bar_chart.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { heatMap } from "lib/figures/heat_map.ts";

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
