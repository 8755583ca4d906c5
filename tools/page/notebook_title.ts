import type { ICell, INotebookContent } from "@jupyterlab/nbformat";
import { cellTags, isCodeCell, joinLines } from "tools/jupyter/read_notebook.ts";

/** A notebook's title: its first heading, else its file name read as words. */
export function notebookTitle(notebook: INotebookContent, { name }: { name: string }): string {
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "markdown") continue;
    const heading = /^#\s+(.+?)\s*#*\s*$/m.exec(withoutFences(joinLines(cell.source)));
    if (heading) return heading[1].replace(/[*`]/g, "");
  }
  const words = name.replace(/^[0-9]+[_-]/, "").replace(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * The answer a notebook comes to, as Markdown: what its cell tagged `answer` printed. Undefined if there is none.
 *
 * Only output counts, for the answer is assembled by code from the claims.
 */
export function notebookAnswer(notebook: INotebookContent): string | undefined {
  const texts = notebook.cells.filter(isAnswer).flatMap((cell) =>
    isCodeCell(cell) ? cell.outputs.map(outputMarkdown) : []
  ).filter((text) => text !== "");
  return texts.length === 0 ? undefined : texts.join("\n\n");
}

/** Whether a cell is tagged as the notebook's answer. */
export function isAnswer(cell: ICell): boolean {
  return cellTags(cell).includes("answer");
}

function outputMarkdown(output: Record<string, unknown>): string {
  const data = (output.data ?? {}) as Record<string, string | string[]>;
  if (data["text/markdown"] !== undefined) return joinLines(data["text/markdown"]).trim();
  const text = data["text/plain"] ?? (output.output_type === "stream" ? output.text : undefined);
  // Printed text is not Markdown: an asterisk in it is an asterisk.
  return text === undefined
    ? ""
    : joinLines(text as string | string[]).trim().replace(/[\\`*_[\]<>#|$]/g, "\\$&");
}

function withoutFences(markdown: string): string {
  return markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, "");
}
