import type { TrainableModel } from "lib/models/trainable_model.ts";
import { tfjsEngine } from "lib/training/tfjs_engine.ts";
import type { TrainingEngine, TrainingEngineOptions } from "lib/training/training_engine.ts";

/** "fused": the WASM kernels. "tfjs": plain ops on the current backend. "auto": fused where it can. */
export type EngineChoice = "auto" | "fused" | "tfjs";

/** An engine for the model, as chosen. */
export function chooseEngine(
  model: TrainableModel,
  options: TrainingEngineOptions & { readonly engine: EngineChoice },
): TrainingEngine {
  return tfjsEngine(model, options);
}
