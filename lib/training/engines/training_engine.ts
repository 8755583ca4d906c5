import type { MaybePromise } from "lib/kernels/read_tensor.ts";
import type {
  Evaluation,
  EvaluationOptions,
  OptimizerSettings,
  OptimizerState,
  SequenceWindow,
  StackState,
  TrainingStepResult,
} from "lib/kernels/sequence_network.ts";

/** What a training engine is asked to do with each window. */
export interface TrainingEngineOptions {
  /** Without one, `trainStep` throws; `evaluate` works. */
  readonly optimizer?: OptimizerSettings;
  readonly maxGradientNorm?: number;
  /** Longest window and largest batch, training and validation. */
  readonly timeSteps: number;
  readonly batchSize: number;
  /** Share of a layer's outputs dropped on the way to the next layer while training. Default 0. */
  readonly dropout?: number;
  /** Seed of the dropout masks, a 32-bit integer. Default 0. */
  readonly dropoutSeed?: number;
  /** Of the fused kernels; "auto", the default, goes by the work and the machine. */
  readonly threads?: number | "auto";
}

/** What `train` needs of whatever computes its steps: a part of `SequenceNetwork`. */
export interface TrainingEngine {
  /** For the record, such as "tfjs wasm". */
  readonly description: string;
  trainStep(window: SequenceWindow): MaybePromise<TrainingStepResult>;
  evaluate(window: SequenceWindow, options?: EvaluationOptions): MaybePromise<Evaluation>;
  /** The state in which the last window ended. */
  finalState(): MaybePromise<StackState>;
  parameters(): MaybePromise<Record<string, Float32Array | Float64Array>>;
  /** Replaces the parameters that are named. */
  setParameters(parameters: Record<string, ArrayLike<number>>): void;
  /** Makes the model's own parameters those of the last step. */
  writeBack(): MaybePromise<void>;
  optimizerState(): MaybePromise<OptimizerState>;
  setOptimizerState(state: OptimizerState): void;
  setLearningRate(learningRate: number): void;
  dispose(): void;
}
