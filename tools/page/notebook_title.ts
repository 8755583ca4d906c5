import type { ICell, INotebookContent, IOutput } from "@jupyterlab/nbformat";
import { answerMime } from "lib/lecture/answer.ts";
import { cellTags, isCodeCell, joinLines } from "tools/jupyter/notebook/read_notebook.ts";

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

/** A title where only plain text can stand, as in a browser's tab: the maths in it as typed, without its dollars. */
export function plainTitle(title: string): string {
  return title.replaceAll("$", "");
}

/**
 * The answer a notebook comes to, as Markdown: what it showed by `showAnswer`, or printed in cells tagged `answer`. Undefined if there is none.
 *
 * Only output counts, for the answer is assembled by code from the claims.
 */
export function notebookAnswer(notebook: INotebookContent): string | undefined {
  const texts = notebook.cells.filter(isCodeCell).flatMap((cell) =>
    cell.outputs.filter((output) => isAnswer(cell) || answerRecord(output)).map(outputMarkdown)
  ).filter((text) => text !== "");
  return texts.length === 0 ? undefined : texts.join("\n\n");
}

/**
 * The answer in a sentence, as Markdown: what the author wrote in `metadata.unrolled.shortAnswer`. It
 * stands beside the verdicts and holds no number, for it is not measured.
 */
export function shortAnswer(notebook: INotebookContent): string | undefined {
  const unrolled = notebook.metadata.unrolled as { shortAnswer?: unknown } | undefined;
  const text = unrolled?.shortAnswer;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
}

/** Whether a cell holds the notebook's answer. */
export function isAnswer(cell: ICell): boolean {
  return cellTags(cell).includes("answer") ||
    (isCodeCell(cell) && cell.outputs.some((output) => answerRecord(output) !== undefined));
}

function answerRecord(output: IOutput): { question?: unknown } | undefined {
  const data = (output.data ?? {}) as Record<string, { question?: unknown }>;
  return data[answerMime];
}

function outputMarkdown(output: IOutput): string {
  const data = (output.data ?? {}) as Record<string, string | string[]>;
  if (data["text/markdown"] !== undefined) {
    const markdown = joinLines(data["text/markdown"]).trim();
    const question = answerRecord(output)?.question;
    // The question stands above the answer wherever it is shown.
    const repeated = `**${question}**`;
    return markdown.startsWith(repeated) ? markdown.slice(repeated.length).trim() : markdown;
  }
  const text = data["text/plain"] ?? (output.output_type === "stream" ? output.text : undefined);
  // Printed text is not Markdown: an asterisk in it is an asterisk.
  return text === undefined
    ? ""
    : joinLines(text as string | string[]).trim().replace(/[\\`*_[\]<>#|$]/g, "\\$&");
}

function withoutFences(markdown: string): string {
  return markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, "");
}
