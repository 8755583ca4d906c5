import { Address, Signal } from "lib/kernels/fused/plan_layout.ts";
import type { KernelModule } from "lib/kernels/fused/kernel_module.ts";
import { WarmWorkers } from "lib/kernels/fused/warm_workers.ts";

/** The threads beside the caller's own that serve one memory. */
export interface KernelThreads {
  /** Threads in all, the caller's among them. */
  readonly count: number;
  /** A sentence when there are fewer than were asked for. */
  readonly note?: string;
  /** Ends them; the memory is nobody's afterwards. */
  stop(): void;
}

const WORKER = `onmessage = async ({ data: { module, memory, thread } }) => {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  exports.serve(thread);
};`;

const warmWorkers = new WarmWorkers(WORKER);

/**
 * Starts `count - 1` workers on the kernels' shared memory, and returns when they are ready.
 *
 * Where workers cannot be started the caller's thread is left, and a sentence says so.
 */
export async function startKernelThreads(
  kernels: KernelModule,
  count: number,
): Promise<KernelThreads> {
  if (count === 1) return { count: 1, stop() {} };
  const workers: Worker[] = [];
  const stop = () => {
    kernels.kernels.stop();
    for (const worker of workers) warmWorkers.giveBack(worker);
  };
  try {
    const failure = new Promise<never>((_, reject) => {
      for (let thread = 1; thread < count; thread++) {
        const worker = warmWorkers.take();
        workers.push(worker);
        worker.onerror = (event) => {
          event.preventDefault();
          reject(new Error(event.message));
        };
        worker.postMessage({ module: kernels.module, memory: kernels.memory, thread });
      }
    });
    await Promise.race([failure, allReady(kernels.memory, count - 1)]);
    return { count, stop };
  } catch (error) {
    kernels.kernels.stop();
    for (const worker of workers) worker.terminate();
    const reason = error instanceof Error ? error.message : String(error);
    return { count: 1, note: `Workers did not start (${reason}): one thread.`, stop() {} };
  }
}

/** Workers announce themselves in the memory; looking is cheap and they take milliseconds. */
async function allReady(memory: WebAssembly.Memory, workers: number): Promise<void> {
  const words = new Int32Array(memory.buffer);
  const ready = (Address.Control + 64 * Signal.Ready) / 4;
  const deadline = performance.now() + 10_000;
  while (Atomics.load(words, ready) < workers) {
    if (performance.now() > deadline) throw new Error("no answer after 10 s");
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
