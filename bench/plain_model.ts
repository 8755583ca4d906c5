import * as tf from "@tensorflow/tfjs";
import type { LayerWeights } from "lib/kernels/cell_step.ts";
import { oneHotRows } from "lib/kernels/one_hot.ts";
import { recurrentSequence } from "lib/kernels/recurrent_sequence.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";

/** The same model with its layers in plain tfjs ops whatever the backend: what fused ones are held to. */
export function plainModel(model: TrainableModel): TrainableModel {
  const { config, parameters } = model;
  const weights = Array.from({ length: config.layerCount }, (_, layer) => ({
    inputWeights: parameters[`layer${layer}/inputWeights`],
    recurrentWeights: parameters[`layer${layer}/recurrentWeights`],
    bias: parameters[`layer${layer}/bias`],
    recurrentBias: parameters[`layer${layer}/recurrentBias`],
  } as unknown as LayerWeights));
  return {
    ...model,
    forward({ inputIds, timeSteps, batchSize }, state) {
      const oneHot = oneHotRows(inputIds, config.inputSize);
      let inputs = tf.reshape(oneHot, [timeSteps, batchSize, config.inputSize]) as tf.Tensor3D;
      const next = weights.map((layer, index) => {
        const run = { inputs, initialState: state[index] };
        const { hiddenStates, finalState } = recurrentSequence(config.cell, layer, run);
        inputs = hiddenStates;
        return finalState;
      });
      const rows = tf.reshape(inputs, [-1, config.hiddenSize]) as tf.Tensor2D;
      const product = tf.matMul(rows, parameters["output/weights"] as tf.Tensor2D);
      return { logits: tf.add(product, parameters["output/bias"]), state: next };
    },
  };
}
