import type { INotebookContent } from "@jupyterlab/nbformat";
import { basename, dirname, join } from "node:path";
import { splitLines } from "tools/jupyter/notebook/normalise_outputs.ts";

/**
 * A notebook as the text that Jupyter itself would write, so that saving it there changes nothing.
 *
 * Indented by one space, keys sorted, sources as lists of lines, a newline at the end.
 */
export function formatNotebook(notebook: INotebookContent): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: typeof cell.source === "string" ? splitLines(cell.source) : cell.source,
  }));
  return JSON.stringify({ ...notebook, cells }, sortKeys, 1) + "\n";
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/**
 * Writes a notebook so that the file is, at every moment, either the old one or the new one.
 *
 * It is written beside its place, under a hidden name, and renamed: a rename within a folder cannot be seen half done.
 */
export async function writeNotebookAtomically(
  path: string,
  notebook: INotebookContent,
): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}.part`);
  try {
    await Deno.writeTextFile(beside, formatNotebook(notebook));
    await Deno.rename(beside, path);
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    throw error;
  }
}
