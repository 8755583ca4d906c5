import { join } from "node:path";
import { cellTags, isCodeCell, joinLines } from "tools/jupyter/read_notebook.ts";
import { writeNotebookAtomically } from "tools/jupyter/write_notebook.ts";
import {
  type ClaimsFile,
  committedClaimsPath,
  readClaimsFile,
  writeClaimsFile,
} from "tools/lecture/claims_file.ts";
import { compareClaims, mergeClaims } from "tools/lecture/compare_claims.ts";
import type { FinishedNotebook } from "tools/lecture/finished_notebook.ts";
import { promisedClaims } from "tools/lecture/notebook_claims.ts";
import { readmeFiguresPath, writeReadme } from "tools/lecture/readme_table.ts";
import { writeFileAtomically } from "tools/lecture/write_file_atomically.ts";

/** What a refresh needs to know. */
export interface RefreshOptions {
  readonly root: string;
  /** The claims of the lecture's own notebooks in this run. */
  readonly claims: ClaimsFile;
  /** Whether the whole lecture ran. */
  readonly whole: boolean;
}

/**
 * Writes a good run over what is committed: notebooks, claims, the README's tables and its figures. Returns the paths written.
 *
 * @throws {Error} if only a part of the lecture ran, and with other settings than the committed claims of the rest.
 */
export async function refreshCommitted(
  notebooks: readonly FinishedNotebook[],
  { root, claims, whole }: RefreshOptions,
): Promise<string[]> {
  const own = notebooks.filter(({ ofLecture }) => ofLecture);
  const merged = own.length === 0 ? undefined : await committedClaims(own, { root, claims, whole });
  const written: string[] = [];
  for (const { path, notebook } of notebooks) {
    await writeNotebookAtomically(path, notebook);
    written.push(path);
  }
  if (merged === undefined) return written;
  const claimsPath = join(root, committedClaimsPath);
  await writeClaimsFile(claimsPath, merged);
  return [
    ...written,
    claimsPath,
    ...await writeReadmeFigures(own, root),
    ...await writeReadme(merged, root),
  ];
}

async function committedClaims(
  own: readonly FinishedNotebook[],
  { root, claims, whole }: RefreshOptions,
): Promise<ClaimsFile> {
  if (whole) return claims;
  const committed = await readClaimsFile(join(root, committedClaimsPath));
  const [difference] = compareClaims({ ...claims, claims: [] }, { committed, whole: false });
  if (difference) {
    throw new Error(`Cannot refresh a part of the lecture. ${difference}. Run all of it in place.`);
  }
  const promised = new Set(own.flatMap(({ notebook }) => promisedClaims(notebook) ?? []));
  return mergeClaims(committed, { measured: claims, promised });
}

/** Figures from cells tagged `readme` become files that the README can show. */
async function writeReadmeFigures(
  own: readonly FinishedNotebook[],
  root: string,
): Promise<string[]> {
  const written: string[] = [];
  for (const { name, notebook } of own) {
    const tagged = notebook.cells.filter(isCodeCell).filter((cell) =>
      cellTags(cell).includes("readme")
    );
    const figures = tagged.flatMap((cell) => cell.outputs).flatMap((output) => {
      const svg = (output.data as Record<string, string | string[]> | undefined)?.["image/svg+xml"];
      return svg === undefined ? [] : [joinLines(svg)];
    });
    for (const [index, svg] of figures.entries()) {
      const number = figures.length === 1 ? "" : `_${index + 1}`;
      const path = join(root, readmeFiguresPath, `${name}${number}.svg`);
      await writeFileAtomically(path, svg.trimEnd() + "\n");
      written.push(path);
    }
  }
  return written;
}
