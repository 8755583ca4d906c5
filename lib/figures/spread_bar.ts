import type { Bar } from "lib/figures/bar_chart.ts";
import { medianWithSpread } from "lib/figures/series.ts";

/** A bar at the median of several runs, with the least and the greatest as whiskers. */
export function spreadBar(
  label: string,
  values: readonly number[],
  { series }: { series?: string } = {},
): Bar {
  const [{ y, low, high }] = medianWithSpread([values.map((y) => ({ x: 0, y }))]);
  return { label, value: y, low, high, ...(series !== undefined && { series }) };
}
