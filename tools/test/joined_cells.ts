import type { INotebookContent } from "@jupyterlab/nbformat";
import { cellTags, isCodeCell, joinLines } from "tools/jupyter/notebook/read_notebook.ts";

/** A notebook's code cells as one module, and the way back from its lines. */
export interface JoinedCells {
  readonly code: string;
  /** The place of a line of `code` (from 1); `undefined` for a line of no cell. */
  place(line: number): CellPlace | undefined;
}

/** A line of a cell. */
export interface CellPlace {
  /** Position in the notebook as its author has it, from 1: prose counts, an injected cell does not. */
  readonly cell: number;
  /** Line in the cell, from 1. */
  readonly line: number;
}

/** Cells that do not run, or that are there to fail. */
const leftOut = ["skip-execution", "raises-exception"];

/**
 * Joins a notebook's code cells into one module, as the kernel sees them one after the other.
 *
 * Names of the cell tagged `parameters` count as used: every notebook takes all of them, and not every one needs all.
 */
export function joinCells(notebook: INotebookContent): JoinedCells {
  const lines: string[] = [];
  const places: CellPlace[] = [];
  const parameters: string[] = [];
  const authored = notebook.cells.filter((cell) => !cellTags(cell).includes("injected-parameters"));
  authored.forEach((cell, index) => {
    const tags = cellTags(cell);
    if (!isCodeCell(cell) || leftOut.some((tag) => tags.includes(tag))) return;
    const source = joinLines(cell.source);
    source.split("\n").forEach((text, line) => {
      lines.push(text);
      places.push({ cell: index + 1, line: line + 1 });
    });
    if (tags.includes("parameters")) parameters.push(...declaredNames(source));
  });
  if (parameters.length > 0) lines.push(`void [${parameters.join(", ")}];`);
  lines.push("export {};", ""); // a module even where no cell imports anything
  return { code: lines.join("\n"), place: (line) => places[line - 1] };
}

function declaredNames(source: string): string[] {
  return [...source.matchAll(/^(?:const|let)\s+([\w$]+)/gm)].map((match) => match[1]);
}
