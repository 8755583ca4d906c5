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

/**
 * What `train` needs of whatever computes its steps: a part of `SequenceNetwork`.
 *
 * The model owns its weights, in tfjs variables (`TrainableModel.parameters`): there they are made, and
 * there all who are no engine find them. An engine works on them for as long as it lives:
 *
 * - `tfjsEngine` updates the variables themselves. Nothing is copied; `writeBack` has nothing to do.
 * - `fusedEngine` copies them into the kernels' memory when it is made, and updates that copy. Up to the
 *   next `writeBack` the variables are those of the last one. What others assign to them meanwhile it does
 *   not see, and overwrites.
 * - `recoveringEngine` is `tfjsEngine` with a copy outside the GPU, taken anew every 50 steps. After a
 *   failure it assigns that copy to the variables and goes on as `fusedEngine` where the kernels know the
 *   model, else as `tfjsEngine` on WASM.
 *
 * `train` alone writes back: before each record it yields, and at the end however it comes. With early
 * stopping it then assigns the copy that it kept of the best parameters. `evaluate` changes no weights and
 * writes nothing back. The optimiser's arrays and the carried state are the engine's and end with it;
 * a checkpoint holds copies.
 *
 * Beside the engines, `fusedInference` and a transformer's `step` keep copies to read, made anew once a
 * variable was assigned; `trainTied` trains float64 arrays of its own and assigns them at its end. Learners
 * of memory tasks have no language model: their weights live where they compute.
 */
export interface TrainingEngine {
  /** For the record, such as "tfjs wasm". */
  readonly description: string;
  trainStep(window: SequenceWindow): MaybePromise<TrainingStepResult>;
  evaluate(window: SequenceWindow, options?: EvaluationOptions): MaybePromise<Evaluation>;
  /** The state in which the last window ended. */
  finalState(): MaybePromise<StackState>;
  /** Copies of the weights as of the last step. */
  parameters(): MaybePromise<Record<string, Float32Array | Float64Array>>;
  /** Replaces the parameters that are named. */
  setParameters(parameters: Record<string, ArrayLike<number>>): void;
  /** Makes the model's variables those of the last step. */
  writeBack(): MaybePromise<void>;
  optimizerState(): MaybePromise<OptimizerState>;
  setOptimizerState(state: OptimizerState): void;
  setLearningRate(learningRate: number): void;
  dispose(): void;
}
