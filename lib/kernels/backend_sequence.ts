import * as tf from "@tensorflow/tfjs";
import type { LayerWeights } from "lib/kernels/cell_step.ts";
import type { CellKind } from "lib/kernels/network_config.ts";
import {
  recurrentSequence,
  type RecurrentSequenceInput,
  type RecurrentSequenceOutput,
} from "lib/kernels/recurrent_sequence.ts";
import { planOnDevice } from "lib/kernels/webgpu/device_plan.ts";
import { webgpuSequence } from "lib/kernels/webgpu/webgpu_sequence.ts";

/**
 * `recurrentSequence` by the fastest differentiable means of the current backend: on WebGPU one
 * fused program, elsewhere plain tfjs ops; plain ops too where a program does not fit the device.
 */
export function backendSequence(
  kind: CellKind,
  weights: LayerWeights,
  input: RecurrentSequenceInput,
): RecurrentSequenceOutput {
  if (tf.getBackend() === "webgpu") {
    const [timeSteps, batchSize] = input.inputs.shape;
    const hiddenSize = weights.recurrentWeights.shape[0];
    const plan = planOnDevice({ kind, timeSteps, batchSize, hiddenSize });
    if (typeof plan !== "string") return webgpuSequence(kind, weights, { input, plan });
  }
  return recurrentSequence(kind, weights, input);
}
