import type { NetworkConfig } from "lib/kernels/network_config.ts";

/** PyTorch's update rules: epsilon outside the root, Adagrad's sum starts at zero. */
export interface OptimizerSettings {
  readonly kind: "sgd" | "adagrad" | "rmsprop" | "adam";
  readonly learningRate: number;
  /** L2 penalty added to the gradient (not decoupled). Default 0. */
  readonly weightDecay?: number;
  /** SGD only, no dampening, no Nesterov. Default 0. */
  readonly momentum?: number;
  /** RMSprop's smoothing constant alpha. Default 0.99. */
  readonly smoothing?: number;
  /** Adam. Default 0.9. */
  readonly beta1?: number;
  /** Adam. Default 0.999. */
  readonly beta2?: number;
  /** Added outside the root. Default 1e-8, Adagrad 1e-10. */
  readonly epsilon?: number;
}

/** How a network is trained: everything that its memory and its gradient depend on. */
export interface SequenceNetworkOptions {
  readonly config: NetworkConfig;
  /** Longest window and largest batch it will be given; smaller ones are fine. */
  readonly timeSteps: number;
  readonly batchSize: number;
  /** "tokens": int ids in, one row of the input weights each. "values": real vectors in. */
  readonly inputs?: "tokens" | "values";
  /** "cross-entropy" on token targets (nats), or "squared-error" on real targets. */
  readonly loss?: "cross-entropy" | "squared-error";
  /** Without one, `trainStep` throws; the other calls work. */
  readonly optimizer?: OptimizerSettings;
  /** Global L2 norm above which the gradient is scaled down to it, as `clip_grad_norm_` does. */
  readonly maxGradientNorm?: number;
  /** The gradient does not cross time steps that are multiples of this. Default: the window. */
  readonly truncationLength?: number;
  /** Share of a layer's outputs dropped on the way to the next layer while training. Default 0. */
  readonly dropout?: number;
  /** Seed of the dropout masks, a 32-bit integer. Default 0. */
  readonly dropoutSeed?: number;
}

/**
 * A state of all layers: hiddenState [layer, batch, hiddenSize], cellState likewise for an LSTM.
 * Real numbers in double or single precision; the fused network computes in single.
 */
export interface StackState {
  readonly batchSize: number;
  readonly hiddenState: Float32Array | Float64Array;
  readonly cellState?: Float32Array | Float64Array;
}

/** A window of inputs and targets, time-major: element (t, b) at t * batchSize + b. */
export interface SequenceWindow {
  readonly timeSteps: number;
  readonly batchSize: number;
  /** [time, batch] for token inputs. */
  readonly inputIds?: Int32Array;
  /** [time, batch, inputSize] for real inputs. */
  readonly inputValues?: Float32Array;
  /** [time, batch] for the cross-entropy. */
  readonly targetIds?: Int32Array;
  /** [time, batch, outputSize] for the squared error. */
  readonly targetValues?: Float32Array;
  /** [time, batch]: weight of each position in the loss. Default: all 1. */
  readonly mask?: Float32Array;
  /** Start from the state in which the last window of the same batch size ended. */
  readonly continues?: boolean;
  /** Start from this state. Default zeros; ignored when the window continues. */
  readonly initialState?: StackState;
}

/** What one forward pass measured. */
export interface WindowLoss {
  /**
   * Mean over the mask's weight: nats per token, or squared error averaged over the outputs too.
   * Zero when the mask is all zero.
   */
  readonly loss: number;
  /** Sum of mask times loss. */
  readonly lossSum: number;
  /** Sum of the mask. */
  readonly weight: number;
}

/** What one training step measured; `gradientNorm` is the norm before clipping. */
export interface TrainingStepResult extends WindowLoss {
  readonly gradientNorm: number;
  readonly clipped: boolean;
}

/** Everything an optimiser carries from step to step, by the name of the parameter. */
export interface OptimizerState {
  readonly trainingStep: number;
  /** Adagrad and RMSprop: mean or sum of squares. Adam: second moment. */
  readonly squares?: Record<string, Float32Array | Float64Array>;
  /** Adam: first moment. SGD with momentum: the velocity. */
  readonly moments?: Record<string, Float32Array | Float64Array>;
}

/** What `evaluate` gives beside the loss, on request. */
export interface EvaluationOptions {
  /** Loss of every position, [time, batch]; the mask is not applied. */
  readonly positionLosses?: boolean;
  /** Outputs of every position before the loss, [time, batch, outputSize]. */
  readonly outputs?: boolean;
}

/** Result of `evaluate`. */
export interface Evaluation extends WindowLoss {
  readonly positionLosses?: Float32Array | Float64Array;
  readonly outputs?: Float32Array | Float64Array;
}

/** Gradients with respect to what is not a parameter. */
export interface StateGradients {
  /** d loss / d h_t, all paths from time t on included: [layer, time, batch, hiddenSize]. */
  readonly hiddenStates: Float32Array | Float64Array;
  /** d loss / d h_0 and, for the LSTM, d loss / d c_0: [layer, batch, hiddenSize]. */
  readonly initialState: StackState;
}

/**
 * A recurrent network with its loss and optimiser: the one signature that the plain reference and
 * the fused kernels share. Parameters, gradients and optimiser state go by the canonical names of
 * `network_config.ts`.
 *
 * The loss is the mean over the window, weighted by its mask; its gradient is the gradient of that.
 */
export interface SequenceNetwork {
  readonly options: SequenceNetworkOptions;
  /** What computed the numbers, for the record: engine, threads, arithmetic, in one sentence. */
  readonly description: string;
  /** Replaces the parameters that are named. */
  setParameters(parameters: Record<string, ArrayLike<number>>): void;
  /** Copies of all parameters. */
  parameters(): Record<string, Float32Array | Float64Array>;
  /** Forward, backward, clip, update. */
  trainStep(window: SequenceWindow): TrainingStepResult;
  /** Forward and backward without an update; dropout as in training. Gradients stay readable. */
  computeGradients(window: SequenceWindow): TrainingStepResult;
  /** Copies of the gradients of the last backward pass, before clipping. */
  gradients(): Record<string, Float32Array | Float64Array>;
  /** Of the last backward pass. */
  stateGradients(): StateGradients;
  /** Forward only, no dropout. */
  evaluate(window: SequenceWindow, options?: EvaluationOptions): Evaluation;
  /** The state in which the last window ended. */
  finalState(): StackState;
  /** One time step for generation: outputs [batch, outputSize] (logits); the given state is not changed. */
  step(
    state: StackState,
    inputIds: ArrayLike<number>,
  ): { outputs: Float32Array; state: StackState };
  /** Changes the learning rate from the next step on (schedules). */
  setLearningRate(learningRate: number): void;
  /** Copies, enough to go on with the same bits. */
  optimizerState(): OptimizerState;
  setOptimizerState(state: OptimizerState): void;
  /** Ends its workers and lets go of its memory; every later call throws. */
  dispose(): void;
}
