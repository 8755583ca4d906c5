import type { ClaimRecord } from "tools/lecture/claims_file.ts";
import type { FinishedNotebook } from "tools/lecture/finished_notebook.ts";
import { formatMeasured } from "tools/lecture/format_value.ts";
import { emittedClaims, promisedClaims } from "tools/lecture/notebook_claims.ts";

/** All claims of a run, and what is wrong with it. */
export interface LectureJudgement {
  /** In the order of the notebooks, each id once. */
  readonly claims: readonly ClaimRecord[];
  /** Ids of the claims by the notebook's name. */
  readonly claimIds: ReadonlyMap<string, readonly string[]>;
  /** Why the lecture fails, a sentence or a few lines each; empty if all went well. */
  readonly problems: readonly string[];
}

/**
 * Gathers the claims of a run and holds it to the rules: every cell ran, every promised claim was measured
 * once or is not applicable, no other was, and each claim declared exact is supported. A refuted claim that is not exact is a finding.
 */
export function judgeLecture(notebooks: readonly FinishedNotebook[]): LectureJudgement {
  const claims = new Map<string, { claim: ClaimRecord; from: string }>();
  const claimIds = new Map<string, string[]>();
  const problems: string[] = [];
  for (const finished of notebooks) {
    const { name, notebook } = finished;
    const found = emittedClaims(notebook);
    const own: string[] = [];
    if (finished.failure) problems.push(describeFailure(finished));
    problems.push(...found.malformed.map((text) => `${name}: cannot read ${text}`));
    for (const claim of found.claims) {
      const earlier = claims.get(claim.id);
      if (earlier) {
        problems.push(`${name}: claim ${claim.id} is measured twice, in ${earlier.from} before`);
        continue;
      }
      claims.set(claim.id, { claim, from: name });
      own.push(claim.id);
      if (claim.exact && claim.value !== null && claim.verdict !== "supported") {
        problems.push(
          `${name}: claim ${claim.id} is declared exact and came out ${claim.verdict}: ` +
            `measured ${formatMeasured(claim)}, holds if ${claim.condition}`,
        );
      }
    }
    claimIds.set(name, own);
    problems.push(...brokenPromises(finished, own));
  }
  return { claims: [...claims.values()].map(({ claim }) => claim), claimIds, problems };
}

function brokenPromises(
  { name, notebook, ofLecture, failure }: FinishedNotebook,
  measured: readonly string[],
): string[] {
  const promised = promisedClaims(notebook);
  if (promised === undefined) {
    return ofLecture ? [`${name}: lists no claims in its metadata (unrolled.claims)`] : [];
  }
  const missing = promised.filter((id) => !measured.includes(id));
  const unlisted = measured.filter((id) => !promised.includes(id));
  const because = failure ? " (the run stopped before the end)" : "";
  return [
    ...missing.length > 0 ? [`${name}: ${claimWord(missing)} missing${because}`] : [],
    ...unlisted.length > 0 ? [`${name}: ${claimWord(unlisted)} not listed in its metadata`] : [],
  ];
}

function claimWord(ids: readonly string[]): string {
  return ids.length === 1 ? `claim ${ids[0]} is` : `claims ${ids.join(", ")} are`;
}

/** What stopped a notebook, with its place and the lines in question. */
export function describeFailure({ name, failure }: FinishedNotebook): string {
  if (!failure) return "";
  const place = failure.cellNumber > 0 ? `, cell ${failure.cellNumber}` : "";
  const excerpt = failure.excerpt.trimEnd();
  return `${name}${place}: ${failure.kind.replaceAll("-", " ")}: ${failure.message.trim()}` +
    (excerpt === "" ? "" : `\n${excerpt.replace(/^/gm, "    ")}`);
}
