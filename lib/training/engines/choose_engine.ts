import * as tf from "@tensorflow/tfjs";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import { fusedEngine } from "lib/training/engines/fused_engine.ts";
import { recoveringEngine } from "lib/training/engines/recovering_engine.ts";
import { tfjsEngine } from "lib/training/engines/tfjs_engine.ts";
import type {
  TrainingEngine,
  TrainingEngineOptions,
} from "lib/training/engines/training_engine.ts";

const engineChoices = ["auto", "fused", "tfjs"] as const;

/**
 * "fused": the WASM kernels. "tfjs": tfjs ops on the current backend; on WebGPU a recurrent layer is
 * one fused program. "auto": fused where it can.
 */
export type EngineChoice = typeof engineChoices[number];

/**
 * An engine for the model, as chosen; its description says which it is.
 *
 * "auto" takes tfjs for architectures that the kernels do not know, and on the WebGPU backend, whose
 * point is to compute there; should the GPU fail, training goes on with WASM.
 *
 * @throws {RangeError} if it is none of the choices, or a setting makes no sense.
 */
export async function chooseEngine(
  model: AnyTrainableModel,
  { engine, ...options }: TrainingEngineOptions & { readonly engine: EngineChoice },
): Promise<TrainingEngine> {
  if (!engineChoices.includes(engine)) {
    throw new RangeError(
      `Cannot compute: the engine must be one of ${engineChoices.join(", ")}, got ${engine}.`,
    );
  }
  const onGpu = tf.getBackend() === "webgpu";
  if (engine === "fused" || (engine === "auto" && model.fusible && !onGpu)) {
    return await fusedEngine(model, options);
  }
  return onGpu ? recoveringEngine(model, options) : tfjsEngine(model, options);
}
