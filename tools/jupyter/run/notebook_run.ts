import type { ICodeCell, INotebookContent } from "@jupyterlab/nbformat";
import { CellOutputs } from "tools/jupyter/notebook/cell_outputs.ts";
import { type CellDiagnosis, diagnoseCell } from "tools/jupyter/notebook/diagnose_cell.ts";
import type { CellTiming, ExecutionOptions } from "tools/jupyter/run/execution_result.ts";
import type { KernelSession } from "tools/jupyter/kernel/kernel_session.ts";
import { machinePaths } from "tools/jupyter/kernel/machine_paths.ts";
import { normaliseOutputs } from "tools/jupyter/notebook/normalise_outputs.ts";
import { cellTags, isCodeCell, joinLines } from "tools/jupyter/notebook/read_notebook.ts";
import type { RunLimits } from "tools/jupyter/run/run_limits.ts";
import { staticImports } from "tools/jupyter/notebook/static_imports.ts";

/** The cells of one notebook on their way through a kernel: their outputs, timings and failures. */
export class NotebookRun {
  readonly timings: CellTiming[] = [];
  /** The cell that runs, or ran last; -1 before the first. */
  cellIndex = -1;

  readonly #notebook: INotebookContent;
  readonly #options: ExecutionOptions;
  readonly #outputs: CellOutputs;
  readonly #started = performance.now();

  /** The notebook is changed in place: the cells to run lose their outputs at once. */
  constructor(notebook: INotebookContent, options: ExecutionOptions) {
    this.#notebook = notebook;
    this.#options = options;
    this.#outputs = new CellOutputs((change) =>
      options.onProgress?.({ type: "cell-output", ...this.#now(), ...change })
    );
    for (const { cell } of this.#cellsToRun()) {
      cell.outputs = [];
      cell.execution_count = null;
      // Times of day, noted by Jupyter: a rerun would change them.
      delete cell.metadata.execution;
    }
  }

  /** Runs the cells in order; resolves with the first failure, or undefined. */
  async runCells(
    session: KernelSession,
    limits: RunLimits,
  ): Promise<CellDiagnosis | undefined> {
    this.#options.onProgress?.({ type: "kernel-started", ...this.#now() });
    session.onBroadcast = (message) => this.#outputs.handle(message);
    for (const { index, cell } of this.#cellsToRun()) {
      this.cellIndex = index;
      const failure = await this.#runCell(cell, { session, limits });
      if (failure && !cellTags(cell).includes("raises-exception")) return failure;
    }
    if (this.cellIndex < 0) return undefined;
    // Timers that the last cells set get a moment to fail.
    await limits.guard(new Promise((resolve) => setTimeout(resolve, 50)));
    return await this.#diagnoseAfterLastCell(session, limits);
  }

  /** Puts outputs and counts of the cells that ran into their final form; to be called once, at the end. */
  async normalise(): Promise<void> {
    const paths = await machinePaths(this.#options.cwd);
    for (const { index, cell } of this.#cellsToRun()) {
      if (index > this.cellIndex) break;
      const executionCount = (cell.execution_count as number | null) ?? 0;
      cell.outputs = cellTags(cell).includes("remove-output")
        ? []
        : normaliseOutputs(cell.outputs, { executionCount, paths });
    }
  }

  async #runCell(
    cell: ICodeCell,
    { session, limits }: { session: KernelSession; limits: RunLimits },
  ): Promise<CellDiagnosis | undefined> {
    const index = this.cellIndex;
    const source = joinLines(cell.source);
    const started = performance.now();
    this.#outputs.begin(index, cell.outputs);
    this.#options.onProgress?.({ type: "cell-started", cellIndex: index, ...this.#now() });
    // Ours, not the kernel's: it counts silent requests and failed starts as it likes.
    cell.execution_count = this.timings.length + 1;
    try {
      const reply = await limits.guardCell(session.runCell(source));
      const report = await limits.guard(session.settle(staticImports(source).names));
      const failure = await limits.guard(diagnoseCell({
        source,
        cwd: this.#options.cwd,
        reply,
        report,
        importFailure: (specifier) => session.importFailure(specifier),
      }));
      if (failure) this.#showFailure(cell, failure);
      return failure;
    } finally {
      const seconds = (performance.now() - started) / 1000;
      this.timings.push({ index, seconds });
      const finished = { cellIndex: index, cellSeconds: seconds, cell };
      this.#options.onProgress?.({ type: "cell-finished", ...finished, ...this.#now() });
    }
  }

  async #diagnoseAfterLastCell(
    session: KernelSession,
    limits: RunLimits,
  ): Promise<CellDiagnosis | undefined> {
    const cell = this.#notebook.cells[this.cellIndex] as ICodeCell;
    const failure = await limits.guard(diagnoseCell({
      source: joinLines(cell.source),
      cwd: this.#options.cwd,
      reply: { status: "ok", errorName: "", errorMessage: "", traceback: [] },
      report: await limits.guard(session.settle([])),
      importFailure: (specifier) => session.importFailure(specifier),
    }));
    if (!failure) return undefined;
    this.#showFailure(cell, failure);
    return cellTags(cell).includes("raises-exception") ? undefined : failure;
  }

  /** The page must show every failure, also those of which the kernel says nothing. */
  #showFailure(cell: ICodeCell, { name, message, traceback, kind }: CellDiagnosis): void {
    const shown = cell.outputs.some((output) => output.output_type === "error");
    // A missing export is a cause; an error the kernel shows beside it is a consequence.
    if (shown && kind !== "missing-export") return;
    this.#outputs.add({
      output_type: "error",
      ename: name,
      evalue: message,
      traceback: [...traceback],
    });
  }

  *#cellsToRun(): Generator<{ index: number; cell: ICodeCell }> {
    for (const [index, cell] of this.#notebook.cells.entries()) {
      if (!isCodeCell(cell) || cellTags(cell).includes("skip-execution")) continue;
      if (joinLines(cell.source).trim() !== "") yield { index, cell };
    }
  }

  #now(): { cellCount: number; elapsedSeconds: number } {
    return {
      cellCount: this.#notebook.cells.length,
      elapsedSeconds: (performance.now() - this.#started) / 1000,
    };
  }
}
