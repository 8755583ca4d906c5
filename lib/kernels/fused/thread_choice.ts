import { gateCount } from "lib/kernels/network_config.ts";
import type { SequenceNetworkOptions } from "lib/kernels/sequence_network.ts";

/** How many threads, and a sentence when it is not the number that was asked for. */
export interface ThreadChoice {
  readonly count: number;
  readonly note?: string;
}

/** Multiply-adds per thread from which another thread is worth its meetings. */
const WORK_PER_THREAD = 1_500_000;
const MOST_THREADS = 8;

/** Multiply-adds of one training step. */
export function trainingWork(
  { config, timeSteps, batchSize }: Pick<
    SequenceNetworkOptions,
    "config" | "timeSteps" | "batchSize"
  >,
): number {
  const { hiddenSize, layerCount, outputSize } = config;
  const products = (2 * layerCount - 1) * hiddenSize * gateCount(config.cell) + outputSize;
  return 3 * timeSteps * batchSize * hiddenSize * products;
}

/** Threads for a network: as many as asked for, or by the size of its work and the machine. */
export function chooseThreads(
  options: SequenceNetworkOptions,
  asked: number | "auto",
): ThreadChoice {
  if (asked !== "auto" && !(Number.isInteger(asked) && asked > 0)) {
    throw new RangeError(`Cannot start threads: there must be a positive number, got ${asked}.`);
  }
  const cores = globalThis.navigator?.hardwareConcurrency ?? 1;
  const worthwhile = Math.floor(trainingWork(options) / WORK_PER_THREAD);
  const byRows = Math.ceil(options.batchSize / 4);
  const count = asked === "auto"
    ? Math.max(1, Math.min(MOST_THREADS, cores, worthwhile, byRows))
    : asked;
  if (count === 1) return { count };
  if (typeof Worker === "undefined") {
    return { count: 1, note: "No Worker here: one thread." };
  }
  if (typeof SharedArrayBuffer === "undefined") {
    return { count: 1, note: "No shared memory here: one thread." };
  }
  return { count };
}
