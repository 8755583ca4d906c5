import { join } from "node:path";
import { cellTags, isCodeCell, joinLines } from "tools/jupyter/notebook/read_notebook.ts";
import { writeNotebookAtomically } from "tools/jupyter/notebook/write_notebook.ts";
import {
  type ClaimsFile,
  committedClaimsPath,
  writeClaimsFile,
} from "tools/lecture/claims_file.ts";
import type { FinishedNotebook } from "tools/lecture/finished_notebook.ts";
import { joinedClaims } from "tools/lecture/joined_claims.ts";
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
  const claimsPath = join(root, committedClaimsPath);
  const merged = own.length === 0
    ? undefined
    : await joinedClaims(own, { path: claimsPath, claims, whole });
  const written: string[] = [];
  for (const { path, notebook } of notebooks) {
    await writeNotebookAtomically(path, notebook);
    written.push(path);
  }
  if (merged === undefined) return written;
  await writeClaimsFile(claimsPath, merged);
  return [
    ...written,
    claimsPath,
    ...await writeReadmeFigures(own, root),
    ...await writeReadme(merged, root),
  ];
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
