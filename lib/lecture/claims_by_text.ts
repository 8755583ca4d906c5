import { numberText } from "lib/figures/parts/number_text.ts";
import { type Claim, recordedValue } from "lib/lecture/claim.ts";
import { verdictSigns } from "lib/lecture/claim_text.ts";
import { markdownTable, showMarkdown } from "lib/lecture/markdown_display.ts";
import type { LectureSetting } from "lib/lecture/setting.ts";
import { readStoredClaims, type StoredClaim } from "lib/lecture/stored_claims.ts";
import { readCatalogue } from "lib/text/corpus_catalogue.ts";

/** One claim as it came out on each of several texts. */
export interface ClaimByText {
  readonly id: string;
  readonly statement: string;
  /** What was measured, by the title of the text; undefined where it was not. */
  readonly measured: Readonly<Record<string, StoredClaim | undefined>>;
}

const comparedTexts = ["embedded", "timemachine", "tinyshakespeare"];

/**
 * This run's claims beside those stored for the other texts of the lecture: the embedded one, The
 * Time Machine and Tiny Shakespeare. The text of this run is the first, and is not read from a store.
 *
 * @param run what this run was made with; `corpusName` is a name of the catalogue, or the path of a file
 * @throws {Error} if stored claims cannot be read; texts without any are left out
 */
export async function claimsByText(
  claims: readonly Claim[],
  { corpusName, quick }: Pick<LectureSetting, "corpusName" | "quick">,
): Promise<ClaimByText[]> {
  const catalogue = await readCatalogue();
  const titleOf = (name: string) =>
    catalogue.find((entry) => entry.name === name)?.title ?? name.split(/[\\/]/).at(-1);
  const here = `${titleOf(corpusName)} (this run${quick ? ", quick" : ""})`;
  const byTitle = new Map([[here, claims as readonly StoredClaim[]]]);
  for (const name of comparedTexts.filter((one) => one !== corpusName)) {
    const stored = await readStoredClaims(name);
    if (stored) byTitle.set(`${titleOf(name)} (stored)`, stored.claims);
  }
  return claims.map(({ id, statement }) => ({
    id,
    statement,
    measured: Object.fromEntries(
      [...byTitle].map(([title, all]) => [title, all.find((claim) => claim.id === id)]),
    ),
  }));
}

/** The ids of the claims whose verdict is not the same on every text that measured them. */
export function verdictsThatDiffer(rows: readonly ClaimByText[]): string[] {
  return rows.filter(({ measured }) => {
    const verdicts = Object.values(measured).flatMap((claim) =>
      claim && claim.value !== null ? [claim.verdict] : []
    );
    return new Set(verdicts).size > 1;
  }).map(({ id }) => id);
}

/** Whether a claim was measured on some text under another statement, prediction or condition than on the first. */
export function isRestated({ measured }: ClaimByText): boolean {
  const all = Object.values(measured).flatMap((claim) => claim ? [wordingOf(claim)] : []);
  return new Set(all).size > 1;
}

/**
 * The claims by text as a markdown table, and a sentence on which verdicts depend on the text. A claim
 * stored before it was restated is marked, and its verdict compared with none.
 */
export function claimsByTextMarkdown(rows: readonly ClaimByText[]): string {
  const texts = Object.keys(rows[0]?.measured ?? {});
  const table = markdownTable(rows.map(({ id, statement, measured }) => {
    const own = measured[texts[0]];
    const isOld = (claim?: StoredClaim) => claim && own && wordingOf(claim) !== wordingOf(own);
    return {
      id,
      statement: statement.replace(/\.$/, ""),
      ...Object.fromEntries(
        texts.map((text) => [
          text,
          verdictAndValue(measured[text]) + (isOld(measured[text]) ? " (*)" : ""),
        ]),
      ),
    };
  }));
  const alike = rows.filter((row) => !isRestated(row));
  const note = alike.length < rows.length
    ? " (*) Stored before the claim got its present wording or limit, and not compared."
    : "";
  return `${table}\n\n${agreementText(alike, texts)}${note}`;
}

function wordingOf({ statement, prediction, condition }: StoredClaim): string {
  return [statement, prediction, condition].join("\n");
}

function verdictAndValue(claim: StoredClaim | undefined): string {
  if (!claim) return "not measured";
  const { verdict, value, unit } = claim;
  if (value === null) return `${verdictSigns[verdict]} ${verdict}`;
  const measured = `${numberText(recordedValue(value))} ${unit}`.trim();
  return `${verdictSigns[verdict]} ${verdict}: ${measured}`;
}

function agreementText(rows: readonly ClaimByText[], texts: readonly string[]): string {
  if (texts.length < 2) {
    return "No other text's claims are stored: `deno task lecture --corpus timemachine --store` makes some.";
  }
  const differ = verdictsThatDiffer(rows);
  const same = rows.length - differ.length;
  const where = texts.length === 2 ? "both texts" : `all ${texts.length} texts`;
  return `The verdict is the same on ${where} for ${same} of ${rows.length} claims` +
    (differ.length > 0 ? `; it depends on the text for ${differ.join(", ")}.` : ".");
}

/** Shows this run's claims beside those of the lecture's other texts. Outside a kernel nothing is shown. */
export async function showClaimsByText(
  claims: readonly Claim[],
  run: Pick<LectureSetting, "corpusName" | "quick">,
): Promise<void> {
  await showMarkdown(claimsByTextMarkdown(await claimsByText(claims, run)));
}
