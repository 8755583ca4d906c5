import { numberText } from "lib/figures/parts/number_text.ts";
import type { ClaimRecord } from "tools/lecture/claims_file.ts";

/**
 * A claim's value with its unit, to four significant digits; of a claim that is not applicable, why it is
 * not. `claims.json` keeps all digits.
 */
export function formatMeasured(
  { value, unit, reason }: Pick<ClaimRecord, "value" | "unit"> & { reason?: string },
): string {
  if (value === null) return reason ?? "not measured";
  return `${numberText(Number(value))}${unit.trim() === "" ? "" : ` ${unit.trim()}`}`;
}

/** The range over the runs, or nothing if there is none to speak of. */
export function formatSpread({ spread }: Pick<ClaimRecord, "spread">): string {
  if (spread === null || spread[0] === spread[1]) return "";
  return spread.map((bound) => numberText(Number(bound))).join(" to ");
}

/** How many runs are behind a claim. */
export function formatCount({ runs }: Pick<ClaimRecord, "runs">): string {
  return runs === 1 ? "1 run" : `${runs} runs`;
}
