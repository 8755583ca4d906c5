import type { ICodeCell, INotebookContent } from "@jupyterlab/nbformat";
import { executeNotebook } from "tools/jupyter/run/execute_notebook.ts";
import type { ExecutionOptions, ExecutionResult } from "tools/jupyter/run/execution_result.ts";

/** A cell's source, or its source and tags. */
export type SampleCell = string | { source: string; tags: string[] };

/** A notebook for the Deno kernel with these code cells. */
export function sampleNotebook(...cells: SampleCell[]): INotebookContent {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "deno", display_name: "Deno" } },
    cells: cells.map((cell, index): ICodeCell => ({
      id: `cell-${index + 1}`,
      cell_type: "code",
      execution_count: null,
      metadata: typeof cell === "string" ? {} : { tags: cell.tags },
      outputs: [],
      source: typeof cell === "string" ? cell : cell.source,
    })),
  };
}

/** Runs a notebook in a folder of its own, which is removed; `files` are put there first. */
export async function runSample(
  notebook: INotebookContent,
  { files = {}, ...options }: Partial<ExecutionOptions> & { files?: Record<string, string> } = {},
): Promise<ExecutionResult> {
  const cwd = await Deno.makeTempDir({ prefix: "unrolled-sample-" });
  try {
    // A project of its own: the kernel looks for a configuration upward from here.
    await Deno.writeTextFile(`${cwd}/deno.json`, "{}");
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${cwd}/${name}`, text);
    }
    return await executeNotebook(notebook, { cwd, cellTimeoutSeconds: 20, ...options });
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
}

/** The outputs of a cell. */
export function outputsOf(result: ExecutionResult, cellIndex: number): ICodeCell["outputs"] {
  return (result.notebook.cells[cellIndex] as ICodeCell).outputs;
}

/** Whether a process is there. */
export function isRunning(processId: number): boolean {
  try {
    // Harmless to a process that is not stopped.
    Deno.kill(processId, "SIGCONT");
    return true;
  } catch {
    return false;
  }
}
