import { numberText } from "lib/figures/parts/number_text.ts";
import { type Claim, recordedValue, type Verdict } from "lib/lecture/claim.ts";

/** A sign for each verdict that needs no colour. */
export const verdictSigns: Record<Verdict, string> = {
  supported: "✓",
  refuted: "✗",
  qualified: "◐",
  "not applicable": "–",
};

/** The measured value with its unit, and the spread over runs where there is one. */
export function measurementText({ value, unit, runs, spread }: Claim): string {
  if (value === null) return "nothing";
  const withUnit = unit ? ` ${unit}` : "";
  const median = `${numberText(recordedValue(value))}${withUnit}`;
  if (runs === 1) return median;
  const [low, high] = spread?.map((bound) => numberText(recordedValue(bound))) ?? [];
  if (low === undefined) return `${median} (${runs} runs)`;
  return low === high
    ? `${median} in each of ${runs} runs`
    : `${median} (median of ${runs} runs, ${low} to ${high})`;
}

/** A claim in markdown: verdict, statement, prediction, measurement and condition. */
export function claimMarkdown(claim: Claim): string {
  const head = [
    `**${claim.id} · ${verdictSigns[claim.verdict]} ${claim.verdict}** — ${claim.statement}`,
    "",
    `- Predicted: ${claim.prediction}`,
  ];
  if (claim.value === null) return [...head, `- Not measured: ${claim.reason}`].join("\n");
  const lines = [
    ...head,
    `- Measured: **${measurementText(claim)}**`,
    `- Holds if ${claim.condition}${claim.exact ? ", in every run (exact)" : ""}: ${claim.reason}`,
  ];
  const { qualification } = claim;
  if (qualification) {
    lines.push(
      `- Limit ${
        qualification.holds ? "found" : "not found"
      }: ${qualification.statement} — measured ` +
        `${numberText(recordedValue(qualification.value))}` +
        `${
          qualification.unit ? ` ${qualification.unit}` : ""
        }, holds if ${qualification.condition}`,
    );
  }
  return lines.join("\n");
}

/** A claim in one line of plain text. */
export function claimPlainText(claim: Claim): string {
  if (claim.value === null) {
    return `${claim.id} ${claim.verdict}: ${claim.statement}. Not measured: ${claim.reason}.`;
  }
  return `${claim.id} ${claim.verdict}: ${claim.statement}. Measured ${measurementText(claim)}; ` +
    `holds if ${claim.condition}.`;
}
