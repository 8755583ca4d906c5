import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { scatterPlot } from "lib/figures/scatter_plot.ts";

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
