import {
  type ClaimsFile,
  readClaimsFile,
  storedClaimsPath,
  writeClaimsFile,
} from "tools/lecture/claims_file.ts";
import { compareClaims, mergeClaims } from "tools/lecture/compare_claims.ts";
import type { FinishedNotebook } from "tools/lecture/finished_notebook.ts";
import { promisedClaims } from "tools/lecture/notebook_claims.ts";
import { join } from "node:path";

/**
 * The claims of a run, joined with those that a file keeps of the notebooks that did not run.
 *
 * @throws {Error} if only a part of the lecture ran, and with other settings than the rest in the file.
 */
export async function joinedClaims(
  own: readonly FinishedNotebook[],
  { path, claims, whole }: { path: string; claims: ClaimsFile; whole: boolean },
): Promise<ClaimsFile> {
  // In the order of their ids, whether all of the lecture ran or a part of it.
  if (whole) {
    return mergeClaims({ ...claims, claims: [] }, { measured: claims, promised: new Set() });
  }
  const committed = await readClaimsFile(path);
  const [difference] = compareClaims({ ...claims, claims: [] }, { committed, whole: false });
  if (difference) {
    throw new Error(`Cannot refresh a part of the lecture. ${difference}. Run all of it.`);
  }
  const promised = new Set(own.flatMap(({ notebook }) => promisedClaims(notebook) ?? []));
  return mergeClaims(committed, { measured: claims, promised });
}

/** Keeps the claims that the lecture's notebooks measured on another text. Returns the path written. */
export async function storeClaims(
  own: readonly FinishedNotebook[],
  { root, claims, whole }: { root: string; claims: ClaimsFile; whole: boolean },
): Promise<string> {
  const path = join(root, storedClaimsPath(claims.corpus ?? "embedded"));
  const isNew = !await Deno.stat(path).then(() => true, () => false);
  await writeClaimsFile(path, await joinedClaims(own, { path, claims, whole: whole || isNew }));
  return path;
}
