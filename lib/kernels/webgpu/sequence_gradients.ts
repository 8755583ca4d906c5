import * as tf from "@tensorflow/tfjs";
import { gateCount } from "lib/kernels/network_config.ts";
import {
  gradientLayout,
  type SequenceSizes,
  type WorkgroupPlan,
} from "lib/kernels/webgpu/sequence_layout.ts";
import { type ForwardTensors, runBackward } from "lib/kernels/webgpu/sequence_programs.ts";
import { placesById, tableGradient } from "lib/kernels/webgpu/table_gradient.ts";

/** What a run of the forward program was and left: all that its way back needs. */
export interface ForwardRun {
  readonly sizes: SequenceSizes;
  readonly plan: WorkgroupPlan;
  /** The tokens, where `products` is a table. */
  readonly ids?: Int32Array;
  readonly tensors: ForwardTensors;
  readonly trace: tf.Tensor1D;
}

/**
 * The gradient of each of the forward program's inputs, computed when asked for, from that of what
 * the caller saw. The weights' gradients are single products over all time steps.
 */
export function sequenceGradients(
  given: tf.Tensor,
  { sizes, plan, ids, tensors, trace }: ForwardRun,
): Record<Exclude<keyof ForwardTensors, "inputIds">, () => tf.Tensor> {
  const { kind, timeSteps, batchSize, hiddenSize } = sizes;
  const { products, recurrentWeights, initialCell } = tensors;
  const layout = gradientLayout(sizes);
  const transposedWeights = tf.transpose(recurrentWeights);
  const read = { given, trace, transposedWeights, ...(initialCell && { initialCell }) };
  const gradients = runBackward(sizes, read, plan);
  const part = (source: tf.Tensor1D, offset: number, shape: number[]) =>
    tf.reshape(tf.slice1d(source, offset, shape.reduce((a, b) => a * b)), shape);
  const rows = timeSteps * batchSize;
  const wide = [rows, gateCount(kind) * hiddenSize];
  const state = [batchSize, hiddenSize];
  const recurrentProducts = part(gradients, layout.recurrentProducts, wide) as tf.Tensor2D;
  return {
    products() {
      if (ids === undefined) return part(gradients, layout.products, wide);
      const tokens = products.shape[0];
      const places = tf.tensor1d(placesById(ids, tokens), "int32");
      return tableGradient(gradients, { places, rows: tokens, width: wide[1] });
    },
    recurrentWeights() {
      const statesBefore = part(trace, 0, [rows, hiddenSize]) as tf.Tensor2D;
      return tf.matMul(statesBefore, recurrentProducts, true, false);
    },
    recurrentBias: () => tf.sum(recurrentProducts, 0),
    initialHidden: () => part(gradients, layout.initialHidden, state),
    initialCell: () => part(gradients, layout.initialCell, state),
  };
}
