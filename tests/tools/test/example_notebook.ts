import type { ICell, INotebookContent } from "@jupyterlab/nbformat";
import { sampleNotebook } from "../lecture/sample_notebook.ts";

/** A code cell of a test notebook. */
export function codeCell(id: string, source: string, tags?: string[]): ICell {
  const metadata = tags ? { tags } : {};
  return { cell_type: "code", id, metadata, source, outputs: [], execution_count: null };
}

/** A prose cell of a test notebook. */
export function proseCell(id: string, source: string): ICell {
  return { cell_type: "markdown", id, metadata: {}, source };
}

/** The parameters cell every lecture notebook has. */
export const parametersCell: ICell = codeCell(
  "parameters",
  'const quick = false;\nconst corpusName = "embedded";\nconst seed = 1;',
  ["parameters"],
);

/** A notebook with our metadata around the cells. */
export function exampleNotebook(cells: ICell[]): INotebookContent {
  return sampleNotebook(cells);
}
