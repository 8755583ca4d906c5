import type { ClaimRecord, ClaimsFile } from "tools/lecture/claims_file.ts";

/**
 * Where measured claims differ from the committed ones, a line each; numbers to the last digit.
 *
 * A run of some notebooks is compared on what it measured; of the whole lecture, on what it left out too.
 */
export function compareClaims(
  measured: ClaimsFile,
  { committed, whole }: { committed: ClaimsFile; whole: boolean },
): string[] {
  const settings = (["corpus", "seed", "quick"] as const)
    .filter((key) => measured[key] !== committed[key])
    .map((key) => `${key}: committed ${committed[key]}, now ${measured[key]}`);
  // Numbers from other settings differ for a reason: listing them would hide it.
  if (settings.length > 0) {
    return settings.map((difference) => `Not comparable: ${difference}`);
  }
  const before = new Map(committed.claims.map((claim) => [claim.id, claim]));
  const now = new Set(measured.claims.map(({ id }) => id));
  return [
    ...measured.claims.flatMap((claim) => {
      const old = before.get(claim.id);
      return old ? differences(old, claim) : [`${claim.id}: not among the committed claims`];
    }),
    ...(whole ? committed.claims : []).filter(({ id }) => !now.has(id))
      .map(({ id }) => `${id}: committed, and not measured now`),
  ];
}

function differences(old: ClaimRecord, claim: ClaimRecord): string[] {
  return (Object.keys(claim) as (keyof ClaimRecord)[])
    .filter((key) => JSON.stringify(old[key]) !== JSON.stringify(claim[key]))
    .map((key) =>
      `${claim.id}: ${key}: committed ${JSON.stringify(old[key])}, now ${
        JSON.stringify(claim[key])
      }`
    );
}

/** The committed claims with those of some notebooks replaced; `promised` are the ids these notebooks answer for. */
export function mergeClaims(
  committed: ClaimsFile,
  { measured, promised }: { measured: ClaimsFile; promised: ReadonlySet<string> },
): ClaimsFile {
  const now = new Map(measured.claims.map((claim) => [claim.id, claim]));
  const kept = committed.claims.filter(({ id }) => !promised.has(id) && !now.has(id));
  const claims = [...kept, ...now.values()]
    .sort((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
  return { ...measured, claims };
}
