import type { Bar } from "lib/figures/bar_chart.ts";

/**
 * A bar at the median of several runs, with whiskers from the least to the greatest.
 *
 * @throws {RangeError} if there are no values
 */
export function medianBar(
  values: readonly number[],
  { label, series }: { label: string; series?: string },
): Bar {
  if (values.length === 0) throw new RangeError(`Cannot draw the bar "${label}": it has no values`);
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  const value = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
  return { label, series, value, low: sorted[0], high: sorted[sorted.length - 1] };
}
