import type { INotebookContent } from "@jupyterlab/nbformat";
import type { ExecutionFailure, Parameters } from "tools/jupyter/run/execution_result.ts";
import type { NotebookTarget } from "tools/lecture/find_notebooks.ts";

/** A notebook after its run, whole or stopped. */
export interface FinishedNotebook extends NotebookTarget {
  readonly notebook: INotebookContent;
  /** What was injected. */
  readonly parameters: Parameters;
  readonly seconds: number;
  readonly failure?: ExecutionFailure;
}
