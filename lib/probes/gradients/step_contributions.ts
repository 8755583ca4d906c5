import * as tf from "@tensorflow/tfjs";
import { positionSpecificModel } from "lib/models/cells/position_specific_model.ts";
import type { RecurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import type { IdWindow } from "lib/text/windows/window.ts";
import { crossEntropy } from "lib/training/engines/cross_entropy.ts";

/** What the weights used at one time step contribute to the gradient of one time step's loss. */
export interface StepContribution {
  /** Time step of the loss. */
  readonly lossStep: number;
  /** Time step at which the weights were used; never after the loss. */
  readonly weightStep: number;
  /** Euclidean norm over the recurrent matrices of all layers. */
  readonly norm: number;
}

/** The gradient of a window, taken apart by time step. */
export interface StepContributions {
  readonly contributions: readonly StepContribution[];
  /**
   * Norm of the difference between the shared gradient and the sum of all contributions, over the norm of the
   * shared gradient, of all parameters together.
   */
  readonly relativeError: number;
}

/**
 * Takes backpropagation through time apart: which use of the shared weights contributes what to which loss.
 *
 * The network is untied into one copy of the weights per time step; the gradient of a copy is that use's contribution, and
 * dL/dW = sum over s of sum over t <= s of dL_s/dW_t (Werbos 1990). L is the sum of the losses of all time steps. Plain
 * tfjs, one backward pass for each time step.
 */
export function stepContributions(
  model: RecurrentLanguageModel,
  window: IdWindow,
): StepContributions {
  const { timeSteps, batchSize } = window;
  const { cell, hiddenSize, layerCount, biasesPerGate } = model.config;
  const untied = positionSpecificModel({
    vocabulary: model.vocabulary,
    ...{ cell, hiddenSize, layerCount, biasesPerGate },
    random: () => 0,
    positions: timeSteps,
    likeShared: model,
  });
  const names = Object.keys(model.parameters);
  const total = new Map(names.map((name) => [name, new Float64Array(model.parameters[name].size)]));
  const contributions: StepContribution[] = [];
  for (let lossStep = 0; lossStep < timeSteps; lossStep++) {
    const gradients = gradientsOf(untied, window, lossStep);
    for (let weightStep = 0; weightStep <= lossStep; weightStep++) {
      let squares = 0;
      for (const name of names) {
        const gradient = gradients[`position${weightStep}/${name}`];
        const sum = total.get(name)!;
        for (let index = 0; index < sum.length; index++) sum[index] += gradient[index];
        if (!name.endsWith("/recurrentWeights")) continue;
        squares += gradient.reduce((norm, value) => norm + value * value, 0);
      }
      contributions.push({ lossStep, weightStep, norm: Math.sqrt(squares) / batchSize });
    }
  }
  untied.dispose();
  const shared = gradientsOf(model, window, undefined);
  let difference = 0, norm = 0;
  for (const name of names) {
    total.get(name)!.forEach((sum, index) => {
      difference += (sum - shared[name][index]) ** 2;
      norm += shared[name][index] ** 2;
    });
  }
  return { contributions, relativeError: Math.sqrt(difference / norm) };
}

type Differentiable = Pick<
  RecurrentLanguageModel,
  "parameters" | "forward" | "initialTensorState"
>;

/** Gradients of the summed loss of one time step, or of all. A parameter without a path gets zeros. */
function gradientsOf(
  model: Differentiable,
  { inputIds, targetIds, timeSteps, batchSize }: IdWindow,
  lossStep: number | undefined,
): Record<string, Float32Array> {
  const read = lossStep === undefined ? timeSteps : lossStep + 1;
  const inputs = inputIds.slice(0, read * batchSize);
  const targets = targetIds.slice(0, read * batchSize);
  const variables = Object.values(model.parameters);
  const { value, grads } = tf.variableGrads(() => {
    const start = model.initialTensorState(batchSize);
    const { logits } = model.forward({ inputIds: inputs, timeSteps: read, batchSize }, start);
    const losses = crossEntropy(logits, targets);
    const counted = lossStep === undefined ? losses : tf.slice(losses, lossStep * batchSize);
    return tf.sum(counted) as tf.Scalar;
  }, variables);
  const named = Object.entries(model.parameters).map(([name, variable]) => {
    const values = grads[variable.name].dataSync() as Float32Array;
    return [name, values.slice()] as const;
  });
  tf.dispose([value, grads]);
  return Object.fromEntries(named);
}
