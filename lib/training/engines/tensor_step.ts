import * as tf from "@tensorflow/tfjs";
import { readTensors } from "lib/kernels/read_tensor.ts";
import type { OptimizerSettings } from "lib/kernels/sequence_network.ts";
import { requireSettings } from "lib/kernels/training_settings.ts";
import { clipGradients } from "lib/training/engines/clip_gradients.ts";
import { type TfOptimizer, tfOptimizer } from "lib/training/engines/tf_optimizer.ts";

/** What one update found: the loss before it, and the global L2 norm of the gradient before clipping. */
export interface TensorStep {
  readonly loss: number;
  readonly gradientNorm: number;
}

/** Updates variables by the gradient of a loss, on the current tfjs backend. */
export interface TensorStepper {
  /** One update by the gradient of `loss`, clipped. Tensors made within `loss` are disposed of. */
  step(loss: () => tf.Scalar): Promise<TensorStep>;
  readonly optimizer: TfOptimizer;
}

/**
 * Gradient, clipping and update on tfjs variables: the one training step of everything that plain tfjs
 * trains.
 *
 * @throws {RangeError} if a setting makes no sense.
 */
export function tensorStepper(
  parameters: Readonly<Record<string, tf.Variable>>,
  { optimizer: settings, maxGradientNorm }: {
    readonly optimizer: OptimizerSettings;
    readonly maxGradientNorm?: number;
  },
): TensorStepper {
  requireSettings({ maxGradientNorm });
  const optimizer = tfOptimizer(settings, parameters);
  const variables = Object.values(parameters);
  return {
    optimizer,
    async step(loss) {
      const { value, grads } = tf.variableGrads(loss, variables);
      const named = Object.fromEntries(
        Object.entries(parameters).map(([name, variable]) => [name, grads[variable.name]]),
      );
      const { gradients, gradientNorm } = clipGradients(named, maxGradientNorm);
      optimizer.apply(gradients);
      const [[lossValue], [norm]] = await readTensors([value, gradientNorm]);
      tf.dispose([value, grads, gradients, gradientNorm]);
      return { loss: lossValue, gradientNorm: norm };
    },
  };
}
