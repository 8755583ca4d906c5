import * as tf from "@tensorflow/tfjs";
import type { SequenceWindow } from "lib/kernels/sequence_network.ts";
import { requireTraining } from "lib/kernels/training_settings.ts";
import { currentAdapter, planOnDevice } from "lib/kernels/webgpu/device_plan.ts";
import { readTensors } from "lib/kernels/read_tensor.ts";
import type { CellState } from "lib/models/cells/cell.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import { clipGradients } from "lib/training/engines/clip_gradients.ts";
import { crossEntropy } from "lib/training/engines/cross_entropy.ts";
import { assignAll, copies, tfOptimizer } from "lib/training/engines/tf_optimizer.ts";
import type {
  TrainingEngine,
  TrainingEngineOptions,
} from "lib/training/engines/training_engine.ts";
import { fromStackState, stateTensors, toStackState } from "lib/models/cells/stack.ts";

/**
 * Trains any model on tfjs ops: the reference path, for every architecture and backend. On WebGPU a
 * recurrent layer is one fused program, and plain ops only where it does not fit the device.
 *
 * It works on the model's own variables, so the model is always as of the last step: see `TrainingEngine`.
 */
export function tfjsEngine(
  model: AnyTrainableModel,
  options: TrainingEngineOptions,
): TrainingEngine {
  requireTraining(options);
  if (options.dropout) {
    throw new RangeError("Cannot drop outputs on plain tfjs: dropout takes the fused kernels.");
  }
  const { parameters } = model;
  const variables = Object.values(parameters);
  const optimizer = options.optimizer && tfOptimizer(options.optimizer, parameters);
  const requireOptimizer = () => {
    if (optimizer === undefined) {
      throw new Error("Cannot train: the engine was made without an optimizer.");
    }
    return optimizer;
  };
  let carried: CellState | undefined;
  let carriedBatchSize = 0;

  const keepState = (state: CellState, batchSize: number) => {
    disposeState(carried);
    carried = state;
    carriedBatchSize = batchSize;
  };
  const startState = (window: SequenceWindow): CellState => {
    if (window.continues && carried !== undefined && carriedBatchSize === window.batchSize) {
      return carried.map(cloneLayer);
    }
    const fresh = model.initialTensorState(window.batchSize);
    // A model that carries no state between windows, a transformer, starts each of them afresh.
    if (!window.initialState || fresh.length === 0) return fresh;
    disposeState(fresh);
    return fromStackState(window.initialState, model.config);
  };
  /** Summed loss of a window; must run inside a tidy. */
  const forward = (window: SequenceWindow, state: CellState) => {
    const { timeSteps, batchSize } = window;
    const inputIds = window.inputIds!;
    const { logits, state: next } = model.forward({ inputIds, timeSteps, batchSize }, state);
    const losses = crossEntropy(logits, window.targetIds!);
    const weighted = window.mask ? tf.mul(losses, tf.tensor1d(window.mask)) : losses;
    return { losses, logits, lossSum: tf.sum(weighted) as tf.Scalar, next };
  };

  return {
    description: describeBackend(model, options),
    async trainStep(window) {
      const rule = requireOptimizer();
      const weight = windowWeight(window);
      const start = startState(window);
      let kept: CellState = [];
      const { value, grads } = tf.variableGrads(() => {
        const { lossSum, next } = forward(window, start);
        kept = keepCopies(next);
        return tf.div(lossSum, weight || 1) as tf.Scalar;
      }, variables);
      const named = Object.fromEntries(
        Object.entries(parameters).map(([name, variable]) => [name, grads[variable.name]]),
      );
      const { gradients, gradientNorm } = clipGradients(named, options.maxGradientNorm);
      rule.apply(gradients);
      const [[loss], [norm]] = await readTensors([value, gradientNorm]);
      tf.dispose([value, grads, gradients, gradientNorm]);
      disposeState(start);
      keepState(kept, window.batchSize);
      const clipped = norm > (options.maxGradientNorm ?? Infinity);
      return { loss, lossSum: loss * weight, weight, gradientNorm: norm, clipped };
    },
    async evaluate(window, { positionLosses = false, outputs = false } = {}) {
      const weight = windowWeight(window);
      const start = startState(window);
      let kept: CellState = [];
      const result = tf.tidy(() => {
        const { losses, logits, lossSum, next } = forward(window, start);
        kept = keepCopies(next);
        return { losses, logits, lossSum };
      });
      const [[lossSum], losses, logits] = await readTensors([
        result.lossSum,
        ...(positionLosses || outputs ? [result.losses, result.logits] : []),
      ]);
      const evaluation = {
        loss: lossSum / (weight || 1),
        lossSum,
        weight,
        ...(positionLosses && { positionLosses: losses }),
        ...(outputs && { outputs: logits }),
      };
      tf.dispose(result);
      disposeState(start);
      keepState(kept, window.batchSize);
      return evaluation;
    },
    finalState: () => toStackState(carried ?? [], carriedBatchSize),
    parameters: () => copies(parameters),
    setParameters(values) {
      const named = Object.entries(parameters).filter(([name]) => name in values);
      assignAll(Object.fromEntries(named), values);
    },
    writeBack() {},
    optimizerState: () => requireOptimizer().state(),
    setOptimizerState: (state) => requireOptimizer().setState(state),
    setLearningRate: (learningRate) => requireOptimizer().setLearningRate(learningRate),
    dispose() {
      disposeState(carried);
      carried = undefined;
      optimizer?.dispose();
    },
  };
}

/** Such as "tfjs wasm", or on WebGPU the adapter's name and how recurrent layers run on it. */
function describeBackend(model: AnyTrainableModel, sizes: TrainingEngineOptions): string {
  if (tf.getBackend() !== "webgpu") return `tfjs ${tf.getBackend()}`;
  const where = `tfjs webgpu on ${currentAdapter().name}`;
  if (!model.fusible) return where;
  const { cell: kind, hiddenSize } = model.config;
  const plan = planOnDevice({ kind, hiddenSize, ...sizes });
  return typeof plan === "string"
    ? `${where}, recurrent layers in plain ops: ${plan}`
    : `${where}, recurrent layers fused`;
}

function windowWeight({ mask, timeSteps, batchSize }: SequenceWindow): number {
  return mask ? mask.reduce((total, value) => total + value, 0) : timeSteps * batchSize;
}

function cloneLayer({ hiddenState, cellState }: CellState[number]): CellState[number] {
  return { hiddenState: hiddenState.clone(), ...(cellState && { cellState: cellState.clone() }) };
}

/** Copies of a state that outlive the tidy they are made in. */
function keepCopies(state: CellState): CellState {
  const copied = state.map(cloneLayer);
  stateTensors(copied).forEach((tensor) => tf.keep(tensor));
  return copied;
}

function disposeState(state: CellState | undefined): void {
  if (state) tf.dispose(stateTensors(state));
}
