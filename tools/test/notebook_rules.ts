import type { ICodeCell, INotebookContent } from "@jupyterlab/nbformat";
import { cellTags, isCodeCell, joinLines } from "tools/jupyter/notebook/read_notebook.ts";

/** Lines a code cell of a lecture may have. */
export const longestCell = 16;

const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

/** How a notebook departs from the shape of a lecture notebook, a sentence each. */
export function notebookProblems(notebook: INotebookContent, name: string): string[] {
  return [
    ...metadataProblems(notebook),
    ...idProblems(notebook),
    ...cellProblems(notebook),
    ...parameterProblems(notebook),
  ].map((problem) => `${name}: ${problem}`);
}

function metadataProblems({ nbformat, nbformat_minor, metadata }: INotebookContent): string[] {
  const problems: string[] = [];
  if (nbformat !== 4 || nbformat_minor < 5) {
    problems.push(`is nbformat ${nbformat}.${nbformat_minor}, not 4.5`);
  }
  const { name, language } = (metadata.kernelspec ?? {}) as { name?: string; language?: string };
  if (name !== "deno") problems.push(`kernelspec.name is ${name}, not "deno"`);
  if (language !== "typescript") {
    problems.push(`kernelspec.language is ${language}, not "typescript"`);
  }
  const info = metadata.language_info?.name;
  if (info !== "typescript") problems.push(`language_info.name is ${info}, not "typescript"`);
  return problems;
}

function idProblems(notebook: INotebookContent): string[] {
  const seen = new Set<unknown>();
  return notebook.cells.flatMap((cell, index) => {
    const id = cell.id;
    if (typeof id !== "string" || !idPattern.test(id)) return [`cell ${index + 1} has no valid id`];
    if (seen.has(id)) return [`cell ${index + 1} has the id "${id}" of an earlier cell`];
    seen.add(id);
    return [];
  });
}

function cellProblems(notebook: INotebookContent): string[] {
  return notebook.cells.flatMap((cell, index) => {
    if (!isCodeCell(cell)) return [];
    const lines = joinLines(cell.source).trimEnd().split("\n").length;
    return lines > longestCell
      ? [`cell ${index + 1} has ${lines} lines, ${longestCell} are allowed`]
      : [];
  });
}

function parameterProblems(notebook: INotebookContent): string[] {
  const tagged = notebook.cells.filter((cell): cell is ICodeCell =>
    isCodeCell(cell) && cellTags(cell).includes("parameters")
  );
  if (tagged.length !== 1) return [`${tagged.length} cells are tagged "parameters", not 1`];
  const source = joinLines(tagged[0].source);
  return ["quick", "corpusName", "seed"]
    .filter((parameter) => !new RegExp(`^const ${parameter}\\b`, "m").test(source))
    .map((parameter) => `the parameters cell does not declare ${parameter}`);
}
