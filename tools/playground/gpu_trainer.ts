import "@tensorflow/tfjs-backend-webgpu";
import { useBackend } from "lib/kernels/backend.ts";
import { findAdapter } from "lib/kernels/webgpu/adapter.ts";
import { withDeviceChecked } from "lib/kernels/webgpu/device_failure.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { tfjsEngine } from "lib/training/engines/tfjs_engine.ts";
import type { StartTrainer } from "tools/playground/trainer.ts";

/**
 * Trains on WebGPU, where a recurrent layer is one dispatch each way.
 *
 * @throws {Error} if there is no adapter, or the backend does not start on it.
 */
export const startGpuTrainer: StartTrainer = async (options) => {
  if (await findAdapter() === undefined) throw new Error("There is no WebGPU adapter.");
  const { obtained, note } = await useBackend("webgpu");
  if (obtained !== "webgpu") throw new Error(note);
  return await startTensorTrainer(options);
};

/** Trains by tensors on the backend that runs, from the parameters given. */
export const startTensorTrainer: StartTrainer = (
  { config, vocabulary, parameters, ...options },
) => {
  const { cell, hiddenSize } = config;
  // Every value drawn here is replaced by those given.
  const random = randomStream(0, "replaced");
  const model = recurrentLanguageModel({ vocabulary, cell, hiddenSize, random });
  const engine = tfjsEngine(model, options);
  engine.setParameters(parameters);
  return Promise.resolve({
    description: engine.description,
    trainStep: (window) => withDeviceChecked(() => engine.trainStep(window)),
    parameters: () => withDeviceChecked(() => engine.parameters()),
    dispose() {
      engine.dispose();
      model.dispose();
    },
  });
};
