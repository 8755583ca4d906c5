import type { INotebookContent } from "@jupyterlab/nbformat";
import { basename, dirname, join } from "node:path";

/** A notebook as the bytes Jupyter itself would write: indented by one space, keys as they stand, a newline at the end. */
export function formatNotebook(notebook: INotebookContent): string {
  return JSON.stringify(notebook, undefined, 1) + "\n";
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
