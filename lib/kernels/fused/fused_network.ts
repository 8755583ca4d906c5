import { writeRates } from "lib/kernels/fused/plan_constants.ts";
import {
  type FusedEngine,
  type FusedNetworkOptions,
  startFusedEngine,
} from "lib/kernels/fused/fused_engine.ts";
import { Carry } from "lib/kernels/fused/kernel_memory.ts";
import {
  readStored,
  type StoredParameter,
  storedParameters,
  writeStored,
} from "lib/kernels/fused/parameter_storage.ts";
import { Job, Plan } from "lib/kernels/fused/plan_layout.ts";
import { SingleSteps } from "lib/kernels/fused/single_steps.ts";
import { readState, readStateGradients } from "lib/kernels/fused/state_memory.ts";
import { writeTokens, type Writing, type WritingOptions } from "lib/kernels/fused/token_writer.ts";
import { hasTargets, lossSums, maskSum, readOutputs } from "lib/kernels/fused/window_memory.ts";
import { dropoutKey } from "lib/kernels/optimizer_defaults.ts";
import type {
  Evaluation,
  EvaluationOptions,
  OptimizerState,
  SequenceNetwork,
  SequenceWindow,
  StackState,
  StateGradients,
  TrainingStepResult,
  WindowLoss,
} from "lib/kernels/sequence_network.ts";

export type { FusedNetworkOptions } from "lib/kernels/fused/fused_engine.ts";

/**
 * Starts a fused network: compiles the kernels for its memory and starts its threads.
 *
 * Dispose of it when done. Its parameters start at zero.
 *
 * @throws {Error} naming the feature, if the engine lacks SIMD or what `arithmetic` asks for.
 * @throws {RangeError} if a size is not a positive integer.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
 * const network = await createFusedNetwork({
 *   config: { cell: "lstm", inputSize: 28, hiddenSize: 32, layerCount: 1, outputSize: 28, biasesPerGate: 1 },
 *   timeSteps: 2,
 *   batchSize: 1,
 * });
 * const window = { timeSteps: 2, batchSize: 1, inputIds: Int32Array.of(0, 1), targetIds: Int32Array.of(1, 2) };
 * assertAlmostEquals(network.evaluate(window).loss, Math.log(28), 1e-6);
 * network.dispose();
 * ```
 */
export async function createFusedNetwork(options: FusedNetworkOptions): Promise<FusedNetwork> {
  return new FusedNetwork(options, await startFusedEngine(options));
}

/** Result of `FusedNetwork.evaluate`. */
export interface FusedEvaluation extends Evaluation {
  readonly positionLosses?: Float32Array;
  readonly outputs?: Float32Array;
}

/** A recurrent network in WebAssembly; see `createFusedNetwork`. */
export class FusedNetwork implements SequenceNetwork {
  readonly options: FusedNetworkOptions;
  readonly description: string;
  /** Threads that take part, the caller's among them. */
  readonly threadCount: number;
  readonly #stored: StoredParameter[];
  #engine: FusedEngine | undefined;
  #steps: SingleSteps | undefined;
  #learningRate: number;
  #trainingStep = 0;

  /** Use `createFusedNetwork`. */
  constructor(options: FusedNetworkOptions, engine: FusedEngine) {
    this.options = options;
    this.#engine = engine;
    this.threadCount = engine.threadCount;
    this.description = engine.description;
    const { layout } = engine.memory;
    this.#stored = storedParameters(options.config, layout, options.inputs !== "values");
    this.#learningRate = options.optimizer?.learningRate ?? 0;
  }

  setParameters(parameters: Record<string, ArrayLike<number>>): void {
    writeStored(this.#stored, this.#arena(Plan.Parameters), parameters);
    this.#running().markStale();
  }

  parameters(): Record<string, Float32Array> {
    return readStored(this.#stored, this.#arena(Plan.Parameters));
  }

  gradients(): Record<string, Float32Array> {
    return readStored(this.#stored, this.#arena(Plan.Gradients));
  }

  setLearningRate(learningRate: number): void {
    this.#learningRate = learningRate;
  }

  trainStep(window: SequenceWindow): TrainingStepResult {
    const { memory } = this.#running();
    const settings = this.options.optimizer;
    if (settings === undefined) throw new Error("Cannot train: the network has no optimizer.");
    writeRates(memory, settings, {
      learningRate: this.#learningRate,
      trainingStep: this.#trainingStep + 1,
    });
    const result = this.#differentiate(window, Job.Norm | Job.Update);
    this.#trainingStep++;
    return result;
  }

  computeGradients(window: SequenceWindow): TrainingStepResult {
    return this.#differentiate(window, Job.Norm);
  }

  #differentiate(window: SequenceWindow, jobs: number): TrainingStepResult {
    const engine = this.#running();
    const { memory } = engine;
    if (!hasTargets(memory, window)) throw new Error("Cannot train: the window has no targets.");
    engine.load(window, Carry.Training);
    const weight = maskSum(window);
    memory.setReal(Plan.LossScale, weight === 0 ? 0 : 1 / weight);
    let job = Job.Forward | Job.Output | Job.Loss | Job.Backward | jobs;
    if (this.options.dropout) {
      job |= Job.Dropout;
      const key = dropoutKey(this.options.dropoutSeed ?? 0, this.#trainingStep);
      memory.setWord(Plan.DropoutKey, key);
    }
    engine.run(job);
    const gradientNorm = memory.gradientNorm();
    const largest = this.options.maxGradientNorm ?? Infinity;
    const clipped = largest / (gradientNorm + 1e-6) < 1;
    return { ...meanLoss(lossSums(memory)), gradientNorm, clipped };
  }

  evaluate(window: SequenceWindow, options: EvaluationOptions = {}): FusedEvaluation {
    return this.#evaluate(window, options, Carry.Evaluation);
  }

  #evaluate(window: SequenceWindow, options: EvaluationOptions, carry: Carry): FusedEvaluation {
    const engine = this.#running();
    const { memory } = engine;
    engine.load(window, carry);
    memory.setWord(Plan.KeptOutputs, options.outputs ? memory.layout.keptOutputs : 0);
    const measured = hasTargets(memory, window);
    engine.run(Job.Forward | Job.Output | (measured ? Job.Loss : 0));
    const positions = window.timeSteps * window.batchSize;
    const evaluation = {
      ...meanLoss(measured ? lossSums(memory) : { lossSum: 0, weight: 0 }),
      outputs: options.outputs ? readOutputs(memory) : undefined,
      positionLosses: options.positionLosses
        ? memory.view(Plan.RowLosses, positions).slice()
        : undefined,
    };
    memory.setWord(Plan.KeptOutputs, 0);
    return evaluation;
  }

  step(
    state: StackState,
    inputIds: ArrayLike<number>,
  ): { outputs: Float32Array; state: StackState } {
    const engine = this.#running(), { batchSize } = state;
    if (engine.memory.layout.sliceRows > 0) return this.#stepInSlices(state, inputIds);
    if (this.#steps?.batchSize !== batchSize) this.#steps = new SingleSteps(engine, batchSize);
    return this.#steps.step(state, inputIds);
  }

  #stepInSlices(initialState: StackState, ids: ArrayLike<number>) {
    const { batchSize } = initialState, inputIds = Int32Array.from(ids);
    const window = { timeSteps: 1, batchSize, inputIds, initialState };
    const { outputs } = this.#evaluate(window, { outputs: true }, Carry.Step);
    return { outputs: outputs!, state: this.finalState() };
  }

  /** Writes tokens without a call for each; see `writeTokens`. Needs outputs that are tokens. */
  write(state: StackState, options: WritingOptions): Writing {
    return writeTokens(this.#running(), state, options);
  }

  finalState(): StackState {
    return readState(this.#running().memory);
  }

  stateGradients(): StateGradients {
    if (this.options.keepStateGradients !== true) {
      throw new Error("Cannot read state gradients: start the network with keepStateGradients.");
    }
    return readStateGradients(this.#running().memory);
  }

  optimizerState(): OptimizerState {
    const { memory } = this.#running();
    const read = (field: Plan) =>
      memory.word(field) === 0 ? undefined : readStored(this.#stored, this.#arena(field));
    return {
      trainingStep: this.#trainingStep,
      squares: read(Plan.Squares),
      moments: read(Plan.Moments),
    };
  }

  setOptimizerState({ trainingStep, squares, moments }: OptimizerState): void {
    const { memory } = this.#running();
    const write = (field: Plan, values: OptimizerState["squares"]) => {
      if (memory.word(field) === 0) return;
      const arena = this.#arena(field);
      if (values === undefined) arena.fill(0);
      else writeStored(this.#stored, arena, values);
    };
    write(Plan.Squares, squares);
    write(Plan.Moments, moments);
    this.#trainingStep = trainingStep;
  }

  /** Ends its workers and lets go of its memory; every later call throws. */
  dispose(): void {
    this.#engine?.stop();
    this.#engine = undefined;
    this.#steps = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #running(): FusedEngine {
    if (this.#engine === undefined) {
      throw new Error("Cannot use a fused network: it has been disposed of.");
    }
    return this.#engine;
  }

  #arena(field: Plan): Float32Array {
    const { memory } = this.#running();
    return memory.view(field, memory.word(Plan.ParameterWords));
  }
}

function meanLoss({ lossSum, weight }: { lossSum: number; weight: number }): WindowLoss {
  return { loss: weight === 0 ? 0 : lossSum / weight, lossSum, weight };
}
