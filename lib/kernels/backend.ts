import * as tf from "@tensorflow/tfjs";
import { findAdapter } from "lib/kernels/webgpu/adapter.ts";
import { isLost, watchDevice } from "lib/kernels/webgpu/device_failure.ts";
import { currentAdapter, currentDevice } from "lib/kernels/webgpu/device_plan.ts";

/** The tfjs backends the library runs on. */
export type BackendName = "wasm" | "cpu" | "webgpu";

/** A backend by name, or "auto": WebGPU on a real GPU, else WASM; never a software adapter. */
export type BackendChoice = BackendName | "auto";

/** What was asked for, what was obtained, and a sentence for the record. */
export interface BackendReport {
  readonly requested: BackendChoice;
  readonly obtained: BackendName;
  readonly note: string;
  /** The GPU's name, with WebGPU. */
  readonly adapter?: string;
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
 * "webgpu" takes a software adapter where there is no other, "auto" does not.
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
export async function useBackend(requested: BackendChoice = "wasm"): Promise<BackendReport> {
  const { first, reasons } = requested === "auto"
    ? await preferGpu()
    : { first: requested, reasons: [] };
  const notes = [...reasons];
  for (const candidate of FALLBACK[first]) {
    try {
      if (await startBackend(candidate)) {
        if (candidate === "webgpu") return gpuReport(requested);
        const note = notes.length === 0 ? `${candidate}, as asked` : notes.join(" ");
        return { requested, obtained: candidate, note };
      }
      notes.push(`${candidate} did not start.`);
    } catch (error) {
      notes.push(
        `${candidate} did not start: ${error instanceof Error ? error.message : error}.`,
      );
    }
  }
  throw new Error(`Cannot start a tfjs backend: ${notes.join(" ")}`);
}

/** What "auto" tries first, and why if that is not a GPU. */
async function preferGpu(): Promise<{ first: BackendName; reasons: string[] }> {
  const adapter = await findAdapter();
  if (adapter && !adapter.software) return { first: "webgpu", reasons: [] };
  const reason = adapter
    ? `the only WebGPU adapter is software (${adapter.name})`
    : "there is no WebGPU adapter";
  return { first: "wasm", reasons: [`wasm, chosen because ${reason}.`] };
}

function gpuReport(requested: BackendChoice): BackendReport {
  const { name, software } = currentAdapter();
  const how = requested === "auto" ? "chosen" : "as asked";
  const caveat = software ? ": a software adapter, for correctness and not for speed" : "";
  const note = `webgpu on ${name}, ${how}${caveat}`;
  return { requested, obtained: "webgpu", note, adapter: name };
}

async function startBackend(name: BackendName): Promise<boolean> {
  if (name === "wasm") await import("@tensorflow/tfjs-backend-wasm");
  if (name === "webgpu") {
    if (await findAdapter() === undefined) {
      const gpu = "gpu" in navigator;
      throw new Error(gpu ? "there is no WebGPU adapter" : "this runtime has no navigator.gpu");
    }
    await import("@tensorflow/tfjs-backend-webgpu");
  }
  const started = await tf.setBackend(name);
  await tf.ready();
  if (started && name === "webgpu") {
    if (isLost(currentDevice())) {
      forgetBackend(name);
      return startBackend(name);
    }
    watchDevice(currentDevice());
  }
  return started && tf.getBackend() === name;
}

/** Lets go of a backend whose device is lost, so that the next start asks for a new device. */
function forgetBackend(name: BackendName): void {
  const factory = tf.findBackendFactory(name);
  tf.removeBackend(name);
  tf.registerBackend(name, factory, 3);
}
