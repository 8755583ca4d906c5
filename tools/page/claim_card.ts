import type { ClaimRecord, ShownClaim, Verdict } from "tools/lecture/claims_file.ts";
import { formatCount, formatMeasured, formatSpread } from "tools/lecture/format_value.ts";
import { verdictSigns } from "lib/lecture/claim_text.ts";
import { escapeHtml } from "tools/page/escape_html.ts";
import { claimAnchor } from "tools/page/unique_ids.ts";

/** The verdict as a badge: symbol, word and colour say the same. */
export function verdictBadge(verdict: Verdict, { text = verdict as string } = {}): string {
  return `<span class="badge ${verdictClass(verdict)}"><span aria-hidden="true">${
    verdictSigns[verdict]
  }</span> ${escapeHtml(text)}</span>`;
}

/** A verdict as a class of the style sheet. */
function verdictClass(verdict: Verdict): string {
  return verdict.replace(" ", "-");
}

/** A claim as a card: what was said, what was expected, what was measured, and the verdict. */
export function claimCard(claim: ShownClaim, { id }: { id: string }): string {
  const { qualification, reason } = claim;
  const spread = formatSpread(claim);
  const rows = claim.value === null ? [["Not measured", escapeHtml(reason ?? "")]] : [
    ["Prediction", escapeHtml(claim.prediction)],
    ["Measured", `<strong>${escapeHtml(formatMeasured(claim))}</strong>`],
    ["Holds if", escapeHtml(claim.condition) + (claim.exact ? ", in every run (exact)" : "")],
    ["Runs", escapeHtml(formatCount(claim) + (spread === "" ? "" : `, from ${spread}`))],
    ...reason === undefined ? [] : [["Because", escapeHtml(reason)]],
    ...qualification ? [["Limit", limit(qualification)]] : [],
  ];
  return `<section class="claim ${verdictClass(claim.verdict)}" id="${
    escapeHtml(id)
  }" aria-label="Claim ${
    escapeHtml(claim.id)
  }: ${claim.verdict}"><p class="claim-head"><span class="claim-id">${
    escapeHtml(claim.id)
  }</span> ${verdictBadge(claim.verdict)}</p><p class="claim-statement">${
    escapeHtml(claim.statement)
  }</p><dl>${
    rows.map(([term, value]) => `<div><dt>${term}</dt><dd>${value}</dd></div>`).join("")
  }</dl></section>`;
}

function limit(qualification: NonNullable<ShownClaim["qualification"]>): string {
  const { statement, condition, holds } = qualification;
  return escapeHtml(
    `${holds ? "found" : "not found"}: ${statement} (measured ${
      formatMeasured(qualification)
    }, holds if ${condition})`,
  );
}

/**
 * Claims in a table, each linked to its card, a claim with a suffix (Q1.2a) below its main claim;
 * `pageOf` gives the page's address, empty for the same page.
 */
export function claimsTable(
  claims: readonly ClaimRecord[],
  { pageOf, caption }: { pageOf: (claim: ClaimRecord) => string; caption: string },
): string {
  const rows = groupClaims(claims).map(({ claim, isPart }) =>
    `<tr${isPart ? ' class="part"' : ""}><th scope="row"><a href="${
      escapeHtml(`${pageOf(claim)}#${claimAnchor(claim.id)}`)
    }">${escapeHtml(claim.id)}</a></th><td>${verdictBadge(claim.verdict)}</td><td>${
      escapeHtml(claim.statement)
    }</td><td class="number"><span class="what">${
      claim.value === null ? "not measured: " : "measured "
    }</span>${escapeHtml(formatMeasured(claim))}</td><td><span class="what">holds if </span>${
      escapeHtml(claim.condition)
    }</td></tr>`
  );
  return `<div class="scroll"><table class="claims"><caption>${escapeHtml(caption)}</caption>` +
    '<thead><tr><th scope="col">Claim</th><th scope="col">Verdict</th>' +
    '<th scope="col">Statement</th><th scope="col">Measured</th>' +
    `<th scope="col">Holds if</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

/** A claim in its place: as one of the question's, or as a part of the one above it. */
export interface PlacedClaim {
  readonly claim: ClaimRecord;
  readonly isPart: boolean;
}

/** Claims in the order first met, those with a suffix moved below the claim that they belong to. */
export function groupClaims(claims: readonly ClaimRecord[]): PlacedClaim[] {
  const groups = Map.groupBy(claims, ({ id }) => mainId(id));
  return [...groups].flatMap(([main, members]) => {
    const head = members.find(({ id }) => id === main);
    if (!head) return members.map((claim) => ({ claim, isPart: false }));
    const parts = members.filter((claim) => claim !== head)
      .sort((one, other) => one.id.localeCompare(other.id, "en"));
    return [{ claim: head, isPart: false }, ...parts.map((claim) => ({ claim, isPart: true }))];
  });
}

function mainId(id: string): string {
  return id.replace(/[a-z]+$/, "");
}
