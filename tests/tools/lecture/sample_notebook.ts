import type { ICell, INotebookContent, IOutput } from "@jupyterlab/nbformat";
import type { ClaimRecord } from "tools/lecture/claims_file.ts";
import { claimMime } from "tools/lecture/claims_file.ts";

/** A measured claim; what the test is about is given. */
export function sampleClaim(changes: Partial<ClaimRecord> = {}): ClaimRecord {
  return {
    id: "Q3.1",
    statement: "The gradient shrinks exponentially with the distance",
    prediction: "a rate below 0 for every seed",
    value: -0.431234567890123,
    unit: "nats per step",
    condition: "below 0",
    verdict: "supported",
    exact: false,
    runs: 5,
    spread: [-0.5, -0.39],
    ...changes,
  };
}

/** A Markdown cell. */
export function markdownCell(source: string): ICell {
  return { cell_type: "markdown", id: nextId(), metadata: {}, source };
}

/** A code cell with its outputs. */
export function codeCell(
  source: string,
  { outputs = [], tags }: { outputs?: IOutput[]; tags?: string[] } = {},
): ICell {
  return {
    cell_type: "code",
    id: nextId(),
    metadata: tags ? { tags } : {},
    execution_count: null,
    outputs,
    source,
  };
}

/** A display of data by mime type. */
export function display(data: Record<string, unknown>): IOutput {
  return { output_type: "display_data", data, metadata: {} } as IOutput;
}

/** A claim as `showClaim` displays it. */
export function claimOutput(claim: object): IOutput {
  return display({ [claimMime]: claim, "text/markdown": "a claim", "text/plain": "a claim" });
}

/** A Deno notebook; `claims` are the ids it promises. */
export function sampleNotebook(
  cells: ICell[],
  { claims }: { claims?: readonly string[] } = {},
): INotebookContent {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "deno", display_name: "Deno", language: "typescript" },
      language_info: { name: "typescript" },
      ...claims && { unrolled: { claims: [...claims] } },
    } as INotebookContent["metadata"],
    cells,
  };
}

/** Source of a cell that displays a claim, for a real kernel. */
export function claimSource(claim: ClaimRecord): string {
  const data = JSON.stringify({ [claimMime]: claim, "text/plain": claim.id });
  return `await Deno.jupyter.broadcast("display_data", { data: ${data}, metadata: {}, transient: {} });`;
}

let cells = 0;

function nextId(): string {
  return `cell-${++cells}`;
}
