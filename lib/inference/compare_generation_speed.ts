import { exportOnnx } from "lib/inference/export_onnx.ts";
import {
  type GenerationOptions,
  type GenerationSpeed,
  measureGeneration,
} from "lib/inference/generation_speed.ts";
import type { GenerationRequest } from "lib/inference/generation_worker.ts";
import type { RecurrentLanguageModel } from "lib/models/recurrent_language_model.ts";

/** What to compare. */
export interface ComparisonOptions extends GenerationOptions {
  /** Numbers of threads for ONNX Runtime, a measurement each. Default 1 and 2. */
  readonly threads?: readonly number[];
}

/**
 * How fast a model writes natively, and exported to ONNX in ONNX Runtime with each number of threads; one
 * after the other, in that order. ONNX Runtime keeps the threads it was started with, so each number
 * gets a Worker of its own.
 *
 * @throws {Error} if ONNX Runtime cannot start.
 */
export async function compareGenerationSpeed(
  model: RecurrentLanguageModel,
  { threads = [1, 2], ...options }: ComparisonOptions = {},
): Promise<GenerationSpeed[]> {
  const runner = "native, fused wasm, 1 thread";
  const speeds = [await measureGeneration(model, { ...options, runner })];
  const bytes = await exportOnnx(model);
  for (const count of threads) speeds.push(await inWorker({ bytes, threads: count, ...options }));
  return speeds;
}

async function inWorker(request: GenerationRequest): Promise<GenerationSpeed> {
  const worker = new Worker(new URL("./generation_worker.ts", import.meta.url), { type: "module" });
  try {
    return await new Promise((resolve, reject) => {
      const fail = (problem: string) =>
        reject(new Error(`Cannot time ONNX Runtime with ${request.threads} threads: ${problem}`));
      worker.onmessage = ({ data }) => data.speed ? resolve(data.speed) : fail(data.problem);
      worker.onerror = (event) => {
        event.preventDefault();
        fail(event.message);
      };
      worker.postMessage(request);
    });
  } finally {
    worker.terminate();
  }
}
