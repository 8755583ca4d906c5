import { Carry, KernelMemory } from "lib/kernels/fused/kernel_memory.ts";
import {
  compileKernelModule,
  compileKernelModuleSync,
  type KernelModule,
} from "lib/kernels/fused/kernel_module.ts";
import { type KernelThreads, startKernelThreads } from "lib/kernels/fused/kernel_threads.ts";
import { writePlanConstants } from "lib/kernels/fused/plan_constants.ts";
import { layOut, sliceGroups } from "lib/kernels/fused/network_layout.ts";
import { Job, Plan } from "lib/kernels/fused/plan_layout.ts";
import { writeState } from "lib/kernels/fused/state_memory.ts";
import { chooseThreads, trainingWork } from "lib/kernels/fused/thread_choice.ts";
import { hasWideRegisters } from "lib/kernels/fused/wide_registers.ts";
import { writeWindow } from "lib/kernels/fused/window_memory.ts";
import type { SequenceNetworkOptions, SequenceWindow } from "lib/kernels/sequence_network.ts";
import { requireTraining } from "lib/kernels/training_settings.ts";

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

/** Multiply-adds of a call's training step below which its own thread does it alone. */
const WORTH_SHARING = 300_000;

/**
 * Compiles the kernels for a network's memory and starts its threads.
 *
 * @throws {RangeError} if a setting makes no sense: see `requireTraining`.
 */
export async function startFusedEngine(options: FusedNetworkOptions): Promise<FusedEngine> {
  requireTraining(options);
  const wanted = chooseThreads(options, options.threads ?? "auto");
  const keepStateGradients = options.keepStateGradients === true;
  const layout = layOut(options, {
    ...{ threads: wanted.count, keepStateGradients, inputGradients: false },
  });
  const kernels = await compileKernelModule(layout.bytes, {
    shared: wanted.count > 1,
    arithmetic: options.arithmetic ?? "auto",
  });
  const memory = new KernelMemory(kernels.memory, layout, options);
  writePlanConstants(memory, options);
  const threads = await startKernelThreads(kernels, wanted.count);
  const notes = [wanted.note, threads.note].filter((note) => note !== undefined);
  return new FusedEngine(options, { kernels, memory, threads, notes });
}

/** The same at once, on one thread, with room for the gradients of real inputs. */
export function startSequenceEngine(options: SequenceNetworkOptions): FusedEngine {
  const layout = layOut(options, { threads: 1, keepStateGradients: true, inputGradients: true });
  const kernels = compileKernelModuleSync(layout.bytes, { shared: false, arithmetic: "auto" });
  const memory = new KernelMemory(kernels.memory, layout, options);
  writePlanConstants(memory, options);
  const threads = { count: 1, stop() {} };
  return new FusedEngine(options, { kernels, memory, threads, notes: [] });
}

/** Memory, compiled kernels and threads of one network; runs windows through them. */
export class FusedEngine {
  readonly memory: KernelMemory;
  readonly description: string;
  readonly threadCount: number;
  readonly #options: FusedNetworkOptions;
  readonly #kernels: KernelModule;
  readonly #threads: KernelThreads;
  /** Batch size of each carried state; 0 before the first window. */
  readonly #carriedBatch = [0, 0, 0];
  #stale = true;

  /** Use `startFusedEngine`. */
  constructor(
    options: FusedNetworkOptions,
    { kernels, memory, threads, notes }: {
      kernels: KernelModule;
      memory: KernelMemory;
      threads: KernelThreads;
      notes: string[];
    },
  ) {
    this.#options = options;
    this.#kernels = kernels;
    this.#threads = threads;
    this.memory = memory;
    this.threadCount = threads.count;
    this.description = [describe(kernels, threads.count), ...notes].join(" ");
  }

  /** The parameters have changed: what is derived from them is made anew by the next run. */
  markStale(): void {
    this.#stale = true;
  }

  /**
   * Writes a window and the state it starts from.
   *
   * @throws {RangeError} if the window does not fit the network.
   * @throws {Error} if it continues a window of another batch size.
   */
  load(window: SequenceWindow, carry: Carry): void {
    const { timeSteps, batchSize } = window;
    checkSize("timeSteps", timeSteps, this.#options.timeSteps);
    checkSize("batchSize", batchSize, this.#options.batchSize);
    if (window.continues && this.#carriedBatch[carry] !== batchSize) {
      throw new Error(
        `Cannot continue a window: the last one had batch size ${this.#carriedBatch[carry]}, ` +
          `this one ${batchSize}.`,
      );
    }
    writeWindow(this.memory, window);
    this.memory.useCarry(carry);
    if (!window.continues) writeState(this.memory, batchSize, window.initialState);
    this.#carriedBatch[carry] = batchSize;
  }

  /** Does a sum of jobs on the window that was loaded. */
  run(job: number): void {
    const { memory } = this;
    const timeSteps = memory.word(Plan.TimeSteps), batchSize = memory.word(Plan.Batch);
    const { sliceRows } = memory.layout;
    if (sliceRows > 0) {
      const { sliceCount, groupCount } = sliceGroups(batchSize, sliceRows);
      memory.setWord(Plan.SliceCount, sliceCount);
      memory.setWord(Plan.GroupCount, groupCount);
    }
    const work = trainingWork({ config: this.#options.config, timeSteps, batchSize });
    memory.setWord(Plan.Threads, work < WORTH_SHARING ? 1 : this.threadCount);
    memory.setWord(Plan.Job, job | (this.#stale ? Job.Pack : 0));
    this.#kernels.kernels.run();
    this.#stale = (job & Job.Update) !== 0;
  }

  /** A job on single time steps, whose tokens and state are in the memory already. */
  runStep(job: number, batchSize: number): void {
    const { memory } = this;
    memory.setWord(Plan.TimeSteps, 1);
    memory.setWord(Plan.Batch, batchSize);
    memory.useCarry(Carry.Step);
    this.#carriedBatch[Carry.Step] = batchSize;
    this.run(job);
  }

  /** Ends the threads. */
  stop(): void {
    this.#threads.stop();
  }
}

/** @throws {RangeError} unless `value` is an integer from 1 to `largest`. */
export function checkSize(name: string, value: number, largest: number): void {
  if (!(Number.isInteger(value) && value > 0 && value <= largest)) {
    throw new RangeError(`Cannot read a window: ${name} must be in 1..${largest}, got ${value}.`);
  }
}

function describe(kernels: KernelModule, threadCount: number): string {
  const rounding = kernels.roundsOnce
    ? "fused multiply-add, rounded once"
    : kernels.arithmetic === "fused"
    ? "relaxed multiply-add, which this CPU rounds twice"
    : "multiply, then add";
  const threads = threadCount === 1 ? "1 thread" : `${threadCount} threads`;
  const width = hasWideRegisters() ? ", 256-bit registers" : "";
  return `Fused WebAssembly kernels, ${threads}${width}, ${rounding}.`;
}
