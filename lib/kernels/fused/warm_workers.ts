/** How long a worker waits for its next memory before it ends. */
const KEEP_MS = 20_000;

interface IdleWorker {
  readonly worker: Worker;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * Workers that pass from one owner to the next instead of ending, each idle for 20 s at the most.
 *
 * In a Jupyter kernel Deno 2.9 takes one second to start a worker (10 ms elsewhere, measured), longer than many a
 * run of a lecture takes to train.
 */
export class WarmWorkers {
  readonly #code: string;
  readonly #keepMs: number;
  readonly #idle: IdleWorker[] = [];

  /**
   * @param code JavaScript of a worker that is free again when it has served its last message
   * @param keepMs longest time that an idle worker is kept; 0 ends it at once
   */
  constructor(code: string, keepMs: number = slowToStart() ? KEEP_MS : 0) {
    this.#code = code;
    this.#keepMs = keepMs;
  }

  /** How many wait for an owner. */
  get idleCount(): number {
    return this.#idle.length;
  }

  /**
   * An idle worker, or a new one.
   *
   * Its code travels in a data URL, so that it loads from a notebook and from a bundle alike.
   */
  take(): Worker {
    const warm = this.#idle.pop();
    if (!warm) {
      const url = `data:application/javascript,${encodeURIComponent(this.#code)}`;
      return new Worker(url, { type: "module" });
    }
    clearTimeout(warm.timer);
    return warm.worker;
  }

  /** Takes a worker back whose owner has told it to finish. */
  giveBack(worker: Worker): void {
    worker.onerror = null;
    if (this.#keepMs === 0) return worker.terminate();
    const timer = setTimeout(() => {
      this.#idle.splice(this.#idle.findIndex((one) => one.worker === worker), 1);
      worker.terminate();
    }, this.#keepMs);
    this.#idle.push({ worker, timer });
  }
}

function slowToStart(): boolean {
  try {
    // Reading Deno.jupyter throws outside a kernel, and a browser has no Deno.
    return Deno.jupyter !== undefined;
  } catch {
    return false;
  }
}
