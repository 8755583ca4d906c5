import { gruTrajectory } from "lib/probes/gru_trajectory.ts";
import type { LayerNumbers } from "lib/probes/layer_numbers.ts";
import { lstmTrajectory } from "lib/probes/lstm_trajectory.ts";
import type { SequenceInputs, StateTrajectory } from "lib/probes/state_trajectory.ts";
import { vanillaTrajectory } from "lib/probes/vanilla_trajectory.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";

/** Runs a recurrent layer of any kind over a sequence, from a state of zeros. */
export function cellTrajectory(layer: LayerNumbers, inputs: SequenceInputs): StateTrajectory {
  if (layer.cell === "gru") return gruTrajectory(layer, inputs);
  if (layer.cell === "lstm") return lstmTrajectory(layer, inputs);
  return vanillaTrajectory(layer, inputs);
}

/**
 * The numbers of a model's recurrent layer, read from its tfjs variables.
 *
 * @throws {Error} if the model has more than one layer, or lives on the WebGPU backend.
 */
export function modelLayer(model: TrainableModel): LayerNumbers {
  const { cell, inputSize, hiddenSize, layerCount } = model.config;
  if (layerCount !== 1) {
    throw new Error(
      `Cannot follow the state of ${model.name}: it has ${layerCount} layers, not 1.`,
    );
  }
  const read = (name: string) => model.parameters[`layer0/${name}`]?.dataSync().slice();
  return {
    cell,
    inputSize,
    hiddenSize,
    inputWeights: read("inputWeights"),
    recurrentWeights: read("recurrentWeights"),
    bias: read("bias"),
    recurrentBias: read("recurrentBias"),
  };
}

/**
 * Follows the state of a one-layer language model over a text.
 *
 * @throws {Error} if the model has more than one layer.
 */
export function modelTrajectory(
  model: TrainableModel,
  inputIds: ArrayLike<number>,
): StateTrajectory {
  return cellTrajectory(modelLayer(model), { inputIds });
}
