import * as Plot from "@observablehq/plot";
import { type Axis, axisTitle, fitAxis, roundTicks } from "lib/figures/axis.ts";
import { cartesianPlot } from "lib/figures/cartesian_plot.ts";
import type { FigureElement } from "lib/figures/figure_document.ts";
import { seriesColours, themeColour } from "lib/figures/figure_style.ts";
import { numberText } from "lib/figures/number_text.ts";
import { type Reference, referenceMarks, topLabelRoom } from "lib/figures/reference_lines.ts";
import { seriesLabels, seriesMarks, styleSeries } from "lib/figures/series_marks.ts";

/** Axes, bins and theory of a histogram. */
export interface HistogramOptions {
  title: string;
  x: Axis;
  /** What is counted: "characters", "runs". */
  counted: string;
  /** About how many bins; their edges are round numbers. 24 unless told. */
  binCount?: number;
  /** Vertical lines: a predicted value, a threshold. */
  references?: readonly { label: string; x: number }[];
  /** A predicted density over x, drawn as the counts it foretells. */
  density?: { label: string; at: (x: number) => number };
  description?: string;
}

/** A bin of a histogram; `low` belongs to it, `high` to the next, the last bin holds both. */
export interface HistogramBin {
  low: number;
  high: number;
  count: number;
}

/**
 * Counts values in bins with round edges. Values that are not finite are left out.
 *
 * @throws {RangeError} if no value is finite
 */
export function histogramBins(
  values: ArrayLike<number>,
  { binCount = 24 }: { binCount?: number } = {},
): HistogramBin[] {
  const finite = Array.from(values).filter(Number.isFinite);
  if (!finite.length) throw new RangeError("Cannot make a histogram: no finite value");
  let low = Infinity, high = -Infinity;
  for (const value of finite) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low === high) return [{ low: low - 0.5, high: high + 0.5, count: finite.length }];
  const inner = roundTicks(low, high, binCount);
  const step = inner.length > 1 ? inner[1] - inner[0] : high - low;
  const start = Math.floor(low / step + 1e-9) * step;
  const count = Math.max(1, Math.ceil((high - start) / step - 1e-9));
  const edge = (index: number) => Number((start + index * step).toPrecision(12));
  const bins = Array.from({ length: count }, (_, index): HistogramBin => ({
    low: edge(index),
    high: edge(index + 1),
    count: 0,
  }));
  for (const value of finite) {
    const index = Math.floor((value - start) / step + 1e-9);
    bins[Math.min(Math.max(index, 0), count - 1)].count++;
  }
  return bins;
}

/**
 * A histogram, with predicted values and a predicted density on the same axes.
 *
 * @throws {RangeError} if no value is finite
 */
export function histogram(values: ArrayLike<number>, options: HistogramOptions): FigureElement {
  const { references = [], density } = options;
  const bins = histogramBins(values, options);
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const x = fitAxis(options.x, {
    values: [bins[0].low, bins[bins.length - 1].high, ...references.map((one) => one.x)],
    round: false,
  });
  const binWidth = bins[0].high - bins[0].low;
  const curve = density
    ? styleSeries([{
      label: density.label,
      kind: "theory",
      points: Array.from({ length: 121 }, (_, index) => {
        const at = x.domain.low + (x.domain.high - x.domain.low) * index / 120;
        return { x: at, y: density.at(at) * total * binWidth };
      }),
    }])
    : [];
  const y = fitAxis({ label: "count", unit: options.counted }, {
    values: [0, ...bins.map(({ count }) => count), ...curve.flatMap(heights)],
  });
  const missing = values.length - total;
  return cartesianPlot([
    Plot.rectY(bins, {
      x1: "low",
      x2: "high",
      y: "count",
      fill: seriesColours[0],
      fillOpacity: 0.6,
      inset: 0.5,
    }),
    Plot.ruleY([0], { stroke: themeColour("ink") }),
    ...seriesMarks(curve, { y }),
    ...referenceMarks(references as Reference[]),
  ], {
    title: options.title,
    description: options.description ?? describeBins(bins, { ...options, total, missing }),
    data: bins.map(({ low, high, count }) => ({ low, high, count })),
    x,
    y,
    labels: seriesLabels(curve, { y }),
    extraTop: topLabelRoom(references),
  });
}

function heights({ points }: { points: readonly { y: number }[] }): number[] {
  return points.map(({ y }) => y);
}

function describeBins(
  bins: readonly HistogramBin[],
  { x, counted, total, missing, references = [] }: HistogramOptions & {
    total: number;
    missing: number;
  },
): string {
  const fullest = bins.reduce((a, b) => b.count > a.count ? b : a);
  return `Histogram of ${axisTitle(x)}: ${numberText(total)} ${counted} from ` +
    `${numberText(bins[0].low)} to ${numberText(bins[bins.length - 1].high)}; most ` +
    `(${numberText(fullest.count)}) from ${numberText(fullest.low)} to ${
      numberText(fullest.high)
    }.` +
    (missing > 0 ? ` ${missing} values are not finite and left out.` : "") +
    references.map((one) => ` Line at ${numberText(one.x)}: ${one.label}.`).join("");
}
