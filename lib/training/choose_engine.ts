import * as tf from "@tensorflow/tfjs";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import { fusedEngine } from "lib/training/fused_engine.ts";
import { tfjsEngine } from "lib/training/tfjs_engine.ts";
import type { TrainingEngine, TrainingEngineOptions } from "lib/training/training_engine.ts";

/** "fused": the WASM kernels. "tfjs": plain ops on the current backend. "auto": fused where it can. */
export type EngineChoice = "auto" | "fused" | "tfjs";

/**
 * An engine for the model, as chosen; its description says which it is.
 *
 * "auto" takes plain tfjs for architectures that the kernels do not know, and on the WebGPU backend,
 * whose point is to compute there.
 */
export async function chooseEngine(
  model: AnyTrainableModel,
  { engine, ...options }: TrainingEngineOptions & { readonly engine: EngineChoice },
): Promise<TrainingEngine> {
  if (engine === "tfjs") return tfjsEngine(model, options);
  if (engine === "fused") return await fusedEngine(model, options);
  const fits = model.fusible && tf.getBackend() !== "webgpu";
  return fits ? await fusedEngine(model, options) : tfjsEngine(model, options);
}
