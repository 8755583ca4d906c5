import * as tf from "@tensorflow/tfjs";
import { type MaybePromise, readTensors, whenReady } from "lib/kernels/read_tensor.ts";
import { carriedArrays } from "lib/kernels/optimizer_defaults.ts";
import type { OptimizerSettings, OptimizerState } from "lib/kernels/sequence_network.ts";
import { requireLearningRate, requireOptimizer } from "lib/kernels/training_settings.ts";

/** An update rule on tfjs variables, in place, with a state that can be read and put back to the bit. */
export interface TfOptimizer {
  /** Updates each variable from the gradient of the same name; disposes of nothing it was given. */
  apply(gradients: Readonly<Record<string, tf.Tensor>>): void;
  state(): Promise<OptimizerState>;
  setState(state: OptimizerState): void;
  setLearningRate(learningRate: number): void;
  dispose(): void;
}

/**
 * SGD, Adagrad, RMSprop or Adam with PyTorch's rules and defaults, on the current tfjs backend.
 *
 * tfjs's own optimisers do not serve here: they add epsilon under the root of Adagrad (1e-7, fixed)
 * and RMSprop where PyTorch and the fused kernels add it beside, and Adam's powers of beta cannot be
 * put back to the same bits from a checkpoint.
 *
 * @throws {RangeError} if a setting makes no sense: see `requireOptimizer`.
 */
export function tfOptimizer(
  settings: OptimizerSettings,
  variables: Readonly<Record<string, tf.Variable>>,
): TfOptimizer {
  requireOptimizer(settings);
  const { kind, weightDecay = 0, momentum = 0 } = settings;
  const epsilon = settings.epsilon ?? (kind === "adagrad" ? 1e-10 : 1e-8);
  const smoothing = kind === "adam" ? settings.beta2 ?? 0.999 : settings.smoothing ?? 0.99;
  const firstSmoothing = settings.beta1 ?? 0.9;
  let learningRate = settings.learningRate;
  let trainingStep = 0;
  const zerosFor = () =>
    Object.fromEntries(
      Object.entries(variables).map((
        [name, variable],
      ) => [name, tf.tidy(() => tf.variable(tf.zerosLike(variable), false))]),
    );
  const carried = carriedArrays(settings);
  const squares = carried.squares ? zerosFor() : undefined;
  const moments = carried.moments ? zerosFor() : undefined;

  /** The amount to subtract from one variable. */
  const update = (name: string, gradient: tf.Tensor): tf.Tensor => {
    if (kind === "sgd") {
      if (moments === undefined) return tf.mul(gradient, learningRate);
      moments[name].assign(tf.add(tf.mul(moments[name], momentum), gradient));
      return tf.mul(moments[name], learningRate);
    }
    const square = tf.square(gradient);
    const mean = squares![name];
    mean.assign(
      kind === "adagrad"
        ? tf.add(mean, square)
        : tf.add(tf.mul(mean, smoothing), tf.mul(square, 1 - smoothing)),
    );
    if (kind !== "adam") {
      return tf.div(tf.mul(gradient, learningRate), tf.add(tf.sqrt(mean), epsilon));
    }
    const first = moments![name];
    first.assign(tf.add(tf.mul(first, firstSmoothing), tf.mul(gradient, 1 - firstSmoothing)));
    const rootCorrection = Math.sqrt(1 - smoothing ** trainingStep);
    const stepSize = learningRate / (1 - firstSmoothing ** trainingStep);
    return tf.div(tf.mul(first, stepSize), tf.add(tf.div(tf.sqrt(mean), rootCorrection), epsilon));
  };

  return {
    apply(gradients) {
      trainingStep++;
      tf.tidy(() => {
        for (const [name, variable] of Object.entries(variables)) {
          const decay = weightDecay === 0 ? undefined : tf.mul(variable, weightDecay);
          const gradient = decay ? tf.add(gradients[name], decay) : gradients[name];
          variable.assign(tf.sub(variable, update(name, gradient)));
        }
      });
    },
    state: async () => ({
      trainingStep,
      ...(squares && { squares: await copies(squares) }),
      ...(moments && { moments: await copies(moments) }),
    }),
    setState(state) {
      trainingStep = state.trainingStep;
      if (squares) assignAll(squares, state.squares);
      if (moments) assignAll(moments, state.moments);
    },
    setLearningRate(value) {
      requireLearningRate(value);
      learningRate = value;
    },
    dispose: () => tf.dispose([squares ?? [], moments ?? []] as tf.TensorContainer),
  };
}

/** Copies of the values of named tensors: how weights leave the variables (see `TrainingEngine`). */
export function copies(
  tensors: Readonly<Record<string, tf.Tensor>>,
): MaybePromise<Record<string, Float32Array>> {
  return whenReady(
    readTensors(Object.values(tensors)),
    (values) =>
      Object.fromEntries(Object.keys(tensors).map((name, index) => [name, values[index]])),
  );
}

/**
 * Assigns named values to the variables of the same names: how weights come back to them.
 *
 * @throws {Error} if a name is missing or a size differs.
 */
export function assignAll(
  variables: Readonly<Record<string, tf.Variable>>,
  values: Readonly<Record<string, ArrayLike<number>>> | undefined,
): void {
  for (const [name, variable] of Object.entries(variables)) {
    const given = values?.[name];
    if (given === undefined || given.length !== variable.size) {
      throw new Error(
        `Cannot set ${name}: it has ${variable.size} numbers, got ${given?.length ?? "none"}.`,
      );
    }
    tf.tidy(() => variable.assign(tf.tensor(Float32Array.from(given), variable.shape)));
  }
}
