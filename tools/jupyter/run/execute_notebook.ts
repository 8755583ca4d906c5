import type { INotebookContent } from "@jupyterlab/nbformat";
import { clientWaitsVariable } from "lib/lecture/display_message.ts";
import type { CellDiagnosis } from "tools/jupyter/notebook/diagnose_cell.ts";
import type {
  ExecutionFailure,
  ExecutionOptions,
  ExecutionResult,
} from "tools/jupyter/run/execution_result.ts";
import { injectParameters } from "tools/jupyter/notebook/inject_parameters.ts";
import { type Kernel, startKernel } from "tools/jupyter/kernel/start_kernel.ts";
import { KernelSession } from "tools/jupyter/kernel/kernel_session.ts";
import { NotebookRun } from "tools/jupyter/run/notebook_run.ts";
import { joinLines } from "tools/jupyter/notebook/read_notebook.ts";
import { RunLimits, RunStopped } from "tools/jupyter/run/run_limits.ts";
import { sourceExcerpt } from "tools/jupyter/notebook/source_excerpt.ts";

export type {
  ExecutionFailure,
  ExecutionOptions,
  ExecutionResult,
  ProgressEvent,
} from "tools/jupyter/run/execution_result.ts";

type Problem = Pick<CellDiagnosis, "kind" | "message" | "line">;

/**
 * Runs a notebook in a Deno kernel of its own, cell by cell, and stops at the first failure.
 *
 * The notebook given is not changed. A failed, timed-out or interrupted run resolves too, with `ok: false` and
 * whatever was executed until then; cells not reached have no outputs. The kernel is gone afterwards in every case.
 * Tags: `skip-execution` leaves a cell as it is, `raises-exception` lets it fail, `remove-output` drops its outputs
 * in the end. A rerun gives the same notebook but for what the cells themselves make of time and chance.
 *
 * @throws {TypeError} if a parameter cannot be injected.
 */
export async function executeNotebook(
  notebook: INotebookContent,
  options: ExecutionOptions,
): Promise<ExecutionResult> {
  const { notebook: executed, addedIndex } = injectParameters(notebook, options.parameters ?? {});
  const run = new NotebookRun(executed, options);
  const problem = foreignKernel(executed) ?? await runInKernel(run, options);
  await run.normalise();
  const outcome = { notebook: executed, cells: run.timings };
  if (!problem) return { ...outcome, ok: true };

  const cell = executed.cells[run.cellIndex];
  const added = addedIndex !== undefined && run.cellIndex >= addedIndex;
  const failure: ExecutionFailure = {
    notebook: options.name,
    cellIndex: run.cellIndex,
    cellNumber: added ? run.cellIndex : run.cellIndex + 1,
    kind: problem.kind,
    message: problem.message,
    excerpt: cell ? sourceExcerpt(joinLines(cell.source), problem.line) : "",
  };
  return { ...outcome, ok: false, failure };
}

async function runInKernel(
  run: NotebookRun,
  options: ExecutionOptions,
): Promise<Problem | undefined> {
  const { cwd, env, kernelCommand, signal } = options;
  const limits = new RunLimits(options);
  let kernel: Kernel | undefined;
  try {
    const kernelEnv = { ...env, [clientWaitsVariable]: "1" };
    kernel = await startKernel({ cwd, env: kernelEnv, command: kernelCommand, signal });
    const session = await limits.guard(KernelSession.open(kernel));
    return await run.runCells(session, limits);
  } catch (error) {
    const { kind, message } = RunStopped.from(error, signal);
    return { kind, message };
  } finally {
    limits.clear();
    await kernel?.stop();
  }
}

/** What is wrong with a notebook that says it is for another kernel than Deno's. */
function foreignKernel({ metadata }: INotebookContent): Problem | undefined {
  const { kernelspec, language_info: language } = metadata;
  const names = [kernelspec?.name, kernelspec?.display_name];
  const isDeno = kernelspec
    ? names.some((name) => /deno/i.test(String(name ?? "")))
    : [undefined, "typescript"].includes(language?.name);
  if (isDeno) return undefined;
  const asked = kernelspec?.name ?? language?.name;
  return {
    kind: "other-kernel",
    message: `The notebook is for the kernel ${JSON.stringify(asked)}, not for Deno's`,
  };
}
