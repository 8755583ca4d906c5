/**
 * The middle value, or the mean of the middle two; NaN if any value is.
 *
 * simple-statistics interpolates, low + (high - low) / 2: NaN for two infinities, which a claim or a
 * logarithm of zero may be, and another last digit for finite numbers.
 */
export function median(values: readonly number[]): number {
  if (values.some(Number.isNaN)) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  return low === high ? low : (low + high) / 2;
}
