import type { Claim } from "lib/lecture/claim.ts";

/** A claim as `claims.json` keeps it. */
export type StoredClaim = Pick<
  Claim,
  | "id"
  | "statement"
  | "prediction"
  | "value"
  | "unit"
  | "condition"
  | "verdict"
  | "exact"
  | "runs"
  | "spread"
>;

/** The claims of a whole lecture on one text, with what they were measured with. */
export interface StoredClaims {
  /** The text's name in the catalogue. */
  readonly corpus: string;
  readonly seed: number;
  readonly backend: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly quick: boolean;
  readonly claims: readonly StoredClaim[];
}

/** Where the claims of a text lie in the repository: `results/claims.json` for the embedded one. */
export function storedClaimsPath(corpusName: string): string {
  return corpusName === "embedded" ? "results/claims.json" : `results/claims_${corpusName}.json`;
}

/**
 * The claims as they were measured on a text of the catalogue, from the repository's `results/`;
 * undefined where none are stored. `deno task lecture --corpus NAME --store` makes them.
 *
 * @throws {Error} naming the file, if it cannot be read or holds no claims
 */
export async function readStoredClaims(corpusName: string): Promise<StoredClaims | undefined> {
  const path = storedClaimsPath(corpusName);
  let stored: StoredClaims;
  try {
    stored = JSON.parse(await Deno.readTextFile(new URL(`../../${path}`, import.meta.url)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new Error(`Cannot read the claims in ${path}: ${(error as Error).message}`);
  }
  if (!Array.isArray(stored?.claims)) {
    throw new Error(`Cannot read the claims in ${path}: it holds none`);
  }
  return stored;
}
