import type { ClaimRecord, ClaimsFile } from "tools/lecture/claims_file.ts";
import { formatMeasured, formatSpread } from "tools/lecture/format_value.ts";
import { verdictSymbols } from "tools/page/claim_card.ts";

/** Around what is generated in a README. */
export const readmeMarkers = { begin: "<!-- claims:begin -->", end: "<!-- claims:end -->" };

/** A question of the lecture, for the table. */
export interface ReadmeQuestion {
  /** As in `Q3`. */
  readonly prefix: string;
  readonly title: string;
  /** The notebook's path from the README. */
  readonly path: string;
}

/**
 * The README with its generated part made anew from the claims: the questions with what was found, then every claim with its numbers.
 *
 * Undefined if the README has no place for it.
 */
export function updateReadme(
  readme: string,
  { claims, questions }: { claims: ClaimsFile; questions: readonly ReadmeQuestion[] },
): string | undefined {
  const begin = readme.indexOf(readmeMarkers.begin);
  const end = readme.indexOf(readmeMarkers.end);
  if (begin < 0 || end < begin) return undefined;
  return readme.slice(0, begin + readmeMarkers.begin.length) + "\n\n" +
    readmeTables(claims, questions) + "\n\n" + readme.slice(end);
}

function readmeTables(claims: ClaimsFile, questions: readonly ReadmeQuestion[]): string {
  const answers = questions.map(({ prefix, title, path }) => {
    const own = claims.claims.filter(({ id }) => id.startsWith(`${prefix}.`));
    return [`[${title}](${path})`, own.map(finding).join("<br>") || "not measured"];
  });
  const details = claims.claims.map((claim) => [
    claim.id,
    formatMeasured(claim) + (formatSpread(claim) === "" ? "" : ` (${formatSpread(claim)})`),
    claim.condition,
    `${verdictSymbols[claim.verdict]} ${claim.verdict}${claim.exact ? " (exact)" : ""}`,
  ]);
  const { corpus, seed, backend, versions, quick } = claims;
  const setting = [
    `corpus ${corpus ?? "not stated"}`,
    `seed ${seed ?? "not stated"}`,
    `backend ${backend ?? "not stated"}`,
    ...Object.entries(versions).map(([name, version]) => `${name} ${version}`),
    ...quick ? ["quick budgets"] : [],
  ].join(", ");
  return [
    table(["Question", "What was found"], answers),
    table(["Claim", "Measured (range over runs)", "Holds if", "Verdict"], details),
    `Measured with ${setting}.`,
  ].join("\n\n");
}

function finding({ id, statement, verdict }: ClaimRecord): string {
  return `${verdictSymbols[verdict]} ${id} ${statement.replace(/\.$/, "")}: **${verdict}**`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/\s+/g, " ").replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
