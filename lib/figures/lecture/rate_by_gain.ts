import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { lineChart } from "lib/figures/line_chart.ts";
import { medianWithSpread } from "lib/figures/series.ts";

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
