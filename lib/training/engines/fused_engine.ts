import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import { requireLearningRate } from "lib/kernels/training_settings.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import { assignAll, copies } from "lib/training/engines/tf_optimizer.ts";
import type {
  TrainingEngine,
  TrainingEngineOptions,
} from "lib/training/engines/training_engine.ts";

/**
 * Trains a recurrent language model with the fused WASM kernels, on a copy of the weights in a memory of
 * their own; see `TrainingEngine` for when it is written back.
 *
 * Same rules and, within float32, the same numbers as `tfjsEngine`.
 *
 * @throws {Error} if the model is not a plain stack of RNN, GRU or LSTM layers, or SIMD is missing.
 */
export async function fusedEngine(
  model: AnyTrainableModel,
  options: TrainingEngineOptions,
): Promise<TrainingEngine> {
  if (!model.fusible) {
    throw new Error(
      `Cannot train ${model.name} with the fused kernels: they know RNN, GRU and LSTM.`,
    );
  }
  const network = await createFusedNetwork({ config: model.config, ...options });
  network.setParameters(await copies(model.parameters));
  return {
    description: network.description,
    trainStep: (window) => network.trainStep(window),
    evaluate: (window, evaluation) => network.evaluate(window, evaluation),
    finalState: () => network.finalState(),
    parameters: () => network.parameters(),
    setParameters: (parameters) => network.setParameters(parameters),
    writeBack: () => assignAll(model.parameters, network.parameters()),
    optimizerState: () => network.optimizerState(),
    setOptimizerState: (state) => network.setOptimizerState(state),
    setLearningRate(learningRate) {
      requireLearningRate(learningRate);
      network.setLearningRate(learningRate);
    },
    dispose: () => network.dispose(),
  };
}
