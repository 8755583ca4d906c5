import type { Bar } from "lib/figures/bar_chart.ts";
import { medianWithSpread } from "lib/figures/series.ts";

/**
 * A bar at the median of several runs, with the least and the greatest as whiskers.
 *
 * @throws {RangeError} if there are no values
 */
export function spreadBar(
  label: string,
  values: readonly number[],
  { series }: { series?: string } = {},
): Bar {
  if (values.length === 0) {
    throw new RangeError(`Cannot draw the bar "${label}": it has no values.`);
  }
  const [{ y, low, high }] = medianWithSpread([values.map((y) => ({ x: 0, y }))]);
  return { label, value: y, low, high, ...(series !== undefined && { series }) };
}
