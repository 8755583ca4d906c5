import type { INotebookContent } from "@jupyterlab/nbformat";
import { dirname, resolve } from "node:path";
import type { executeNotebook } from "tools/jupyter/run/execute_notebook.ts";
import type { Parameters } from "tools/jupyter/run/execution_result.ts";
import type { NotebookTarget } from "tools/lecture/find_notebooks.ts";
import type { FinishedNotebook } from "tools/lecture/finished_notebook.ts";
import type { LectureProgress } from "tools/lecture/lecture_progress.ts";
import { declaredParameters } from "tools/lecture/notebook_claims.ts";

/** A notebook read from its file. */
export interface LoadedNotebook extends NotebookTarget {
  readonly notebook: INotebookContent;
}

/** How notebooks are run. */
export interface RunOptions {
  readonly execute: typeof executeNotebook;
  readonly progress: LectureProgress;
  /** Values for parameters; a notebook gets those that its parameters cell declares. */
  readonly parameters: Parameters;
  readonly jobs: number;
  readonly cellTimeoutSeconds?: number;
  readonly signal?: AbortSignal;
  /** Called as soon as a notebook is finished, whole or stopped. */
  readonly onFinished: (finished: FinishedNotebook) => Promise<void>;
}

/**
 * Runs notebooks, `jobs` at a time, each in a kernel of its own; returns them in the order given.
 *
 * After an abort no further notebook begins; the running one is returned as far as it came.
 */
export async function runNotebooks(
  notebooks: readonly LoadedNotebook[],
  options: RunOptions,
): Promise<FinishedNotebook[]> {
  const finished = new Array<FinishedNotebook | undefined>(notebooks.length);
  let next = 0;
  const worker = async () => {
    while (next < notebooks.length && !options.signal?.aborted) {
      const index = next++;
      finished[index] = await runOne(notebooks[index], options);
      await options.onFinished(finished[index]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.jobs, notebooks.length) }, worker));
  return finished.filter((one) => one !== undefined);
}

async function runOne(loaded: LoadedNotebook, options: RunOptions): Promise<FinishedNotebook> {
  const { name, path, notebook } = loaded;
  const { progress } = options;
  const declared = declaredParameters(notebook);
  const parameters = Object.fromEntries(
    Object.entries(options.parameters).filter(([parameter]) => declared.has(parameter)),
  );
  progress.start(name);
  const startedAt = performance.now();
  const result = await options.execute(notebook, {
    cwd: dirname(resolve(path)),
    name,
    parameters,
    onProgress: (event) => progress.report(name, event),
    cellTimeoutSeconds: options.cellTimeoutSeconds,
    signal: options.signal,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const outcome = result.ok
    ? `done, ${result.cells.length} cells`
    : result.failure?.kind === "interrupted"
    ? "interrupted"
    : `FAILED at cell ${result.failure?.cellNumber}`;
  progress.finish(name, outcome);
  return { ...loaded, notebook: result.notebook, parameters, seconds, failure: result.failure };
}
