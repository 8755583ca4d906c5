import type { ClaimRecord } from "tools/lecture/claims_file.ts";

/** A number for reading: four significant digits, powers of ten only where zeros would be counted. The file keeps all digits. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value);
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) {
    const [digits, exponent] = value.toExponential(2).split("e");
    return `${Number(digits)}e${Number(exponent)}`;
  }
  return String(Number(value.toPrecision(4)));
}

/** A claim's value with its unit. */
export function formatMeasured(claim: ClaimRecord): string {
  const unit = claim.unit.trim();
  return `${formatNumber(claim.value)}${unit === "" || unit === "1" ? "" : ` ${unit}`}`;
}

/** The range over the runs, or nothing if there is none to speak of. */
export function formatSpread({ spread }: ClaimRecord): string {
  if (spread === null || spread[0] === spread[1]) return "";
  return `${formatNumber(spread[0])} to ${formatNumber(spread[1])}`;
}

/** How many runs are behind a claim. */
export function formatCount({ runs }: ClaimRecord): string {
  const count = typeof runs === "number" ? runs : runs.length;
  return count === 1 ? "1 run" : `${count} runs`;
}
