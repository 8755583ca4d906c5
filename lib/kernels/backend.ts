import * as tf from "@tensorflow/tfjs";

/** The tfjs backends the library runs on. */
export type BackendName = "wasm" | "cpu" | "webgpu";

/** What was asked for, what was obtained, and a sentence for the record. */
export interface BackendReport {
  readonly requested: BackendName;
  readonly obtained: BackendName;
  readonly note: string;
}

const FALLBACK: Record<BackendName, readonly BackendName[]> = {
  webgpu: ["webgpu", "wasm", "cpu"],
  wasm: ["wasm", "cpu"],
  cpu: ["cpu"],
};

/**
 * Starts a tfjs backend and says which one it got.
 *
 * A backend that does not start is replaced by the next slower one, and the report's note says so.
 *
 * @throws {Error} if not even the CPU backend starts.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { useBackend } from "lib/kernels/backend.ts";
 * assertEquals((await useBackend("cpu")).obtained, "cpu");
 * ```
 */
export async function useBackend(requested: BackendName = "wasm"): Promise<BackendReport> {
  const failures: string[] = [];
  for (const candidate of FALLBACK[requested]) {
    try {
      if (await startBackend(candidate)) {
        const note = failures.length === 0 ? `${candidate}, as asked` : failures.join(" ");
        return { requested, obtained: candidate, note };
      }
      failures.push(`${candidate} did not start.`);
    } catch (error) {
      failures.push(
        `${candidate} did not start: ${error instanceof Error ? error.message : error}.`,
      );
    }
  }
  throw new Error(`Cannot start a tfjs backend: ${failures.join(" ")}`);
}

async function startBackend(name: BackendName): Promise<boolean> {
  if (name === "wasm") await import("@tensorflow/tfjs-backend-wasm");
  if (name === "webgpu") {
    if (!("gpu" in navigator)) throw new Error("this runtime has no navigator.gpu");
    await import("@tensorflow/tfjs-backend-webgpu");
  }
  const started = await tf.setBackend(name);
  await tf.ready();
  return started && tf.getBackend() === name;
}
