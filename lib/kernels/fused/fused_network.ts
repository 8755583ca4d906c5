import { compileKernelModule, type KernelModule } from "lib/kernels/fused/kernel_module.ts";
import { Carry, KernelMemory } from "lib/kernels/fused/kernel_memory.ts";
import { type KernelThreads, startKernelThreads } from "lib/kernels/fused/kernel_threads.ts";
import { writeFixedWords, writeRates } from "lib/kernels/fused/fixed_words.ts";
import { layOut, sliceGroups } from "lib/kernels/fused/network_layout.ts";
import {
  readStored,
  type StoredParameter,
  storedParameters,
  writeStored,
} from "lib/kernels/fused/parameter_storage.ts";
import { Job, Layer, Plan } from "lib/kernels/fused/plan_layout.ts";
import { chooseThreads, trainingWork } from "lib/kernels/fused/thread_choice.ts";
import { dropoutKey } from "lib/kernels/optimizer_defaults.ts";
import type {
  Evaluation,
  EvaluationOptions,
  OptimizerState,
  SequenceNetwork,
  SequenceNetworkOptions,
  SequenceWindow,
  StackState,
  StateGradients,
  TrainingStepResult,
  WindowLoss,
} from "lib/kernels/sequence_network.ts";

/** Choices that change the speed of a fused network and never its results, except `arithmetic`. */
export interface FusedNetworkOptions extends SequenceNetworkOptions {
  /** Threads to use, or "auto": by the size of the work and the cores of the machine. */
  readonly threads?: number | "auto";
  /**
   * "fused": relaxed SIMD multiply-add. "plain": multiply, then add; the same bytes on every CPU.
   * "auto": fused where the engine has it.
   */
  readonly arithmetic?: "auto" | "fused" | "plain";
  /** Keep d loss / d h_t of every layer and time step for `stateGradients`. Default false. */
  readonly keepStateGradients?: boolean;
}

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
  const wanted = chooseThreads(options, options.threads ?? "auto");
  const layout = layOut(options, {
    threads: wanted.count,
    keepStateGradients: options.keepStateGradients === true,
    inputGradients: false,
  });
  const kernels = await compileKernelModule(layout.bytes, {
    shared: wanted.count > 1,
    arithmetic: options.arithmetic ?? "auto",
  });
  const memory = new KernelMemory(kernels.memory, layout, options);
  const threads = await startKernelThreads(kernels, wanted.count);
  return new FusedNetwork(options, { kernels, memory, threads, note: wanted.note });
}

interface Engine {
  readonly kernels: KernelModule;
  readonly memory: KernelMemory;
  readonly threads: KernelThreads;
  readonly note?: string;
}

/** A recurrent network in WebAssembly; see `createFusedNetwork`. */
export class FusedNetwork implements SequenceNetwork {
  readonly options: FusedNetworkOptions;
  readonly description: string;
  /** Threads that take part, the caller's among them. */
  readonly threadCount: number;
  readonly #stored: StoredParameter[];
  #engine: Engine | undefined;
  #learningRate: number;
  #trainingStep = 0;
  #stale = true;
  /** Batch size of each carried state; 0 before the first window. */
  readonly #carriedBatch = [0, 0, 0];

  /** Use `createFusedNetwork`. */
  constructor(options: FusedNetworkOptions, engine: Engine) {
    const { memory, threads } = engine;
    this.options = options;
    this.#engine = engine;
    this.threadCount = threads.count;
    this.description = describe(engine);
    this.#stored = storedParameters(options.config, memory.layout, options.inputs !== "values");
    this.#learningRate = options.optimizer?.learningRate ?? 0;
    writeFixedWords(memory, options);
  }

  setParameters(parameters: Record<string, ArrayLike<number>>): void {
    writeStored(this.#stored, this.#arena(Plan.Parameters), parameters);
    this.#stale = true;
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
    this.#stale = true;
    return result;
  }

  computeGradients(window: SequenceWindow): TrainingStepResult {
    return this.#differentiate(window, Job.Norm);
  }

  #differentiate(window: SequenceWindow, jobs: number): TrainingStepResult {
    const { memory } = this.#running();
    this.#load(window, Carry.Training);
    const weight = memory.maskSum();
    memory.setReal(Plan.LossScale, weight === 0 ? 0 : 1 / weight);
    let job = Job.Forward | Job.Output | Job.Loss | Job.Backward | jobs;
    if (this.options.dropout) {
      job |= Job.Dropout;
      const key = dropoutKey(this.options.dropoutSeed ?? 0, this.#trainingStep);
      memory.setWord(Plan.DropoutKey, key);
    }
    this.#run(job, window);
    const gradientNorm = memory.gradientNorm();
    const largest = this.options.maxGradientNorm ?? Infinity;
    const clipped = largest / (gradientNorm + 1e-6) < 1;
    return { ...meanLoss(memory.lossSums()), gradientNorm, clipped };
  }

  evaluate(window: SequenceWindow, options: EvaluationOptions = {}): Evaluation {
    return this.#evaluate(window, options, Carry.Evaluation);
  }

  #evaluate(window: SequenceWindow, options: EvaluationOptions, carry: Carry): Evaluation {
    const { memory } = this.#running();
    this.#load(window, carry);
    memory.setWord(Plan.KeptOutputs, options.outputs ? memory.layout.keptOutputs : 0);
    const hasTargets = (window.targetIds ?? window.targetValues) !== undefined;
    this.#run(Job.Forward | Job.Output | (hasTargets ? Job.Loss : 0), window);
    memory.setWord(Plan.KeptOutputs, 0);
    const positions = window.timeSteps * window.batchSize;
    return {
      ...meanLoss(hasTargets ? memory.lossSums() : { lossSum: 0, weight: 0 }),
      outputs: options.outputs ? memory.readOutputs() : undefined,
      positionLosses: options.positionLosses
        ? memory.view(Plan.RowLosses, positions).slice()
        : undefined,
    };
  }

  step(
    state: StackState,
    inputIds: ArrayLike<number>,
  ): { outputs: Float32Array; state: StackState } {
    const ids = inputIds instanceof Int32Array ? inputIds : Int32Array.from(inputIds);
    const { batchSize } = state;
    const window = { timeSteps: 1, batchSize, inputIds: ids, initialState: state };
    const { outputs } = this.#evaluate(window, { outputs: true }, Carry.Step);
    return { outputs: outputs as Float32Array, state: this.finalState() };
  }

  finalState(): StackState {
    const { memory } = this.#running();
    return memory.readState(memory.word(Plan.Batch), Layer.StateHidden, Layer.StateCell);
  }

  stateGradients(): StateGradients {
    const { memory } = this.#running();
    if (this.options.keepStateGradients !== true) {
      throw new Error("Cannot read state gradients: start the network with keepStateGradients.");
    }
    return memory.readStateGradients();
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
    this.#engine?.threads.stop();
    this.#engine = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #running(): Engine {
    if (this.#engine === undefined) {
      throw new Error("Cannot use a fused network: it has been disposed of.");
    }
    return this.#engine;
  }

  #arena(field: Plan): Float32Array {
    const { memory } = this.#running();
    return memory.view(field, memory.word(Plan.ParameterWords));
  }

  #load(window: SequenceWindow, carry: Carry): void {
    const { memory } = this.#running();
    const { timeSteps, batchSize } = window;
    checkSize("timeSteps", timeSteps, this.options.timeSteps);
    checkSize("batchSize", batchSize, this.options.batchSize);
    memory.writeWindow(window);
    memory.useCarry(carry);
    if (window.continues && this.#carriedBatch[carry] !== batchSize) {
      throw new Error(
        `Cannot continue a window: the last one had batch size ${this.#carriedBatch[carry]}, ` +
          `this one ${batchSize}.`,
      );
    }
    if (!window.continues) memory.writeState(batchSize, window.initialState);
    this.#carriedBatch[carry] = batchSize;
  }

  #run(job: number, window: SequenceWindow): void {
    const { memory, kernels } = this.#running();
    const { timeSteps, batchSize } = window;
    const { sliceRows } = memory.layout;
    if (sliceRows > 0) {
      const { sliceCount, groupCount } = sliceGroups(batchSize, sliceRows);
      memory.setWord(Plan.SliceCount, sliceCount);
      memory.setWord(Plan.GroupCount, groupCount);
    }
    const alone =
      trainingWork({ config: this.options.config, timeSteps, batchSize }) < WORTH_SHARING;
    memory.setWord(Plan.Threads, alone ? 1 : this.threadCount);
    memory.setWord(Plan.Job, job | (this.#stale ? Job.Pack : 0));
    kernels.kernels.run();
    this.#stale = false;
  }
}

/** Multiply-adds of a call below which its own thread does it alone. */
const WORTH_SHARING = 300_000;

function checkSize(name: string, value: number, largest: number): void {
  if (!(Number.isInteger(value) && value > 0 && value <= largest)) {
    throw new RangeError(`Cannot read a window: ${name} must be in 1..${largest}, got ${value}.`);
  }
}

function meanLoss({ lossSum, weight }: { lossSum: number; weight: number }): WindowLoss {
  return { loss: weight === 0 ? 0 : lossSum / weight, lossSum, weight };
}

function describe({ kernels, threads, note }: Engine): string {
  const rounding = kernels.roundsOnce
    ? "fused multiply-add, rounded once"
    : kernels.arithmetic === "fused"
    ? "relaxed multiply-add, which this CPU rounds twice"
    : "multiply, then add";
  const count = threads.count === 1 ? "1 thread" : `${threads.count} threads`;
  const notes = [note, threads.note].filter((text) => text !== undefined);
  return [`Fused WebAssembly kernels, ${count}, ${rounding}.`, ...notes].join(" ");
}
