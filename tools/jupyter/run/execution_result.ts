import type { ICodeCell, INotebookContent, IOutput } from "@jupyterlab/nbformat";

/** Values for the notebook's parameters: what JSON can hold, injected as `const name = value;`. */
export type Parameters = Record<string, unknown>;

/** Why a run failed. */
export type FailureKind =
  | "cell-error"
  | "unhandled-rejection"
  | "timer-error"
  | "syntax-error"
  | "unresolved-import"
  | "missing-export"
  | "failed-test"
  | "cell-timeout"
  | "notebook-timeout"
  | "dead-kernel"
  | "interrupted"
  | "other-kernel"
  | "invalid-notebook";

/** A failed run, in terms its author can act on. */
export interface ExecutionFailure {
  /** Path or name given as `options.name`. */
  readonly notebook?: string;
  /** Index into the executed notebook's cells; -1 when no cell is to blame. */
  readonly cellIndex: number;
  /** 1-based position in the notebook as its author has it (an injected cell is not counted); 0 when no cell is to blame. */
  readonly cellNumber: number;
  readonly kind: FailureKind;
  /** What went wrong, in a few plain-text lines. */
  readonly message: string;
  /** The lines of the cell in question, numbered; empty when no cell is to blame. */
  readonly excerpt: string;
}

/** What happens during a run, as it happens. */
export type ProgressEvent =
  | { readonly type: "kernel-started"; readonly elapsedSeconds: number }
  | {
    readonly type: "cell-started";
    readonly cellIndex: number;
    readonly cellCount: number;
    readonly elapsedSeconds: number;
  }
  /** An output was added, merged or updated: `outputs` is the cell's list as it stands (not normalised). */
  | {
    readonly type: "cell-output";
    readonly cellIndex: number;
    readonly cellCount: number;
    readonly elapsedSeconds: number;
    readonly output: IOutput;
    /** What a stream said just now, where the output is one. */
    readonly addedText?: string;
    readonly outputs: readonly IOutput[];
  }
  | {
    readonly type: "cell-finished";
    readonly cellIndex: number;
    readonly cellCount: number;
    readonly elapsedSeconds: number;
    readonly cellSeconds: number;
    readonly cell: ICodeCell;
  };

/** Options of `executeNotebook`. */
export interface ExecutionOptions {
  /** The kernel's working directory: the notebook's folder. */
  readonly cwd: string;
  /** The notebook's path or name, for messages. */
  readonly name?: string;
  /** Injected as a cell tagged `injected-parameters` after the one tagged `parameters`; nothing is injected when empty. */
  readonly parameters?: Parameters;
  /** Called as the run goes on; what it throws is not caught. */
  readonly onProgress?: (event: ProgressEvent) => void;
  /** Longest time for one cell, in seconds; 600 unless told. */
  readonly cellTimeoutSeconds?: number;
  /** Longest time for the whole notebook, in seconds; 3600 unless told, or what a cell may take if that is longer. */
  readonly notebookTimeoutSeconds?: number;
  /** Stops the run: the kernel is killed, what was finished is returned. */
  readonly signal?: AbortSignal;
  /** Environment variables for the kernel beside those of this process. */
  readonly env?: Record<string, string>;
  /** The command that starts the kernel, to which the connection file's path is added; the Deno that is running unless told. */
  readonly kernelCommand?: readonly string[];
}

/** Seconds a cell took. */
export interface CellTiming {
  /** Index into the executed notebook's cells. */
  readonly index: number;
  readonly seconds: number;
}

/** What `executeNotebook` returns, whether the run succeeded or not. */
export interface ExecutionResult {
  /** A copy of the notebook given, with the outputs of what ran and the injected cell, if any. */
  readonly notebook: INotebookContent;
  readonly ok: boolean;
  /** Present exactly when `ok` is false. */
  readonly failure?: ExecutionFailure;
  /** One entry for each code cell that ran. */
  readonly cells: readonly CellTiming[];
}
