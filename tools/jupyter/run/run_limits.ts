import type { ExecutionOptions, FailureKind } from "tools/jupyter/run/execution_result.ts";
import { KernelGoneError } from "tools/jupyter/wire/kernel_connection.ts";

/** A run that was ended from outside the notebook's code: a timeout, the caller's signal, a kernel that is gone. */
export class RunStopped extends Error {
  override name = "RunStopped";
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }

  /**
   * What stopped a run, seen from the error that ended it.
   *
   * @throws the error itself if it is none of a run's own, such as one thrown by a progress callback.
   */
  static from(error: unknown, signal?: AbortSignal): RunStopped {
    if (error instanceof RunStopped) return error;
    // Ctrl-C reaches the kernel too: it may be gone before the signal is.
    const interrupted = signal?.aborted ||
      (error instanceof KernelGoneError && error.endedBySignal === "SIGINT");
    if (interrupted) return new RunStopped("interrupted", "The run was interrupted");
    if (error instanceof KernelGoneError) return new RunStopped("dead-kernel", error.message);
    throw error;
  }
}

/** The limits a run was given: time for a cell, time for the notebook, and the caller's signal. */
export class RunLimits {
  readonly #cellSeconds: number;
  readonly #stopped: Promise<never>;
  #clear: () => void = () => {};

  /** The notebook's time starts now. */
  constructor(options: ExecutionOptions) {
    this.#cellSeconds = options.cellTimeoutSeconds ?? 600;
    const { signal, notebookTimeoutSeconds = Math.max(3600, this.#cellSeconds) } = options;
    this.#stopped = new Promise((_, reject) => {
      const timer = setTimeout(() => {
        const message = `The notebook ran longer than ${notebookTimeoutSeconds} seconds`;
        reject(new RunStopped("notebook-timeout", message));
      }, notebookTimeoutSeconds * 1000);
      const interrupt = () => reject(new RunStopped("interrupted", "The run was interrupted"));
      if (signal?.aborted) interrupt();
      signal?.addEventListener("abort", interrupt);
      this.#clear = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", interrupt);
      };
    });
    this.#stopped.catch(() => {});
  }

  /** Waits for some work of the run; rejects with `RunStopped` when the notebook's time or the caller's patience ends first. */
  guard<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#stopped]);
  }

  /** Waits for a cell, for at most the time a cell has. */
  async guardCell<T>(work: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const message = `The cell ran longer than ${this.#cellSeconds} seconds`;
      const stop = () => reject(new RunStopped("cell-timeout", message));
      timer = setTimeout(stop, this.#cellSeconds * 1000);
    });
    try {
      return await Promise.race([this.guard(work), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the watch; nothing of it keeps the process alive. */
  clear(): void {
    this.#clear();
  }
}
