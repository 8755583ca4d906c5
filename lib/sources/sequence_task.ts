import type { Random } from "lib/random/random_stream.ts";

/** Sequences to read and what to answer, time-major: element (t, b) at t * batchSize + b. */
export interface TaskBatch {
  readonly timeSteps: number;
  readonly batchSize: number;
  /** [time, batch] where a task's inputs are tokens. */
  readonly inputIds?: Int32Array;
  /** [time, batch, inputSize] where they are real numbers. */
  readonly inputValues?: Float32Array;
  /** [time, batch] where answers are tokens. */
  readonly targetIds?: Int32Array;
  /** [time, batch, outputSize] where they are real numbers. */
  readonly targetValues?: Float32Array;
  /** [time, batch]: 1 where the answer counts. */
  readonly mask: Float32Array;
}

/** A task that cannot be done without remembering something over many time steps. */
export interface SequenceTask {
  readonly name: string;
  readonly timeSteps: number;
  readonly inputs: "tokens" | "values";
  readonly inputSize: number;
  readonly outputSize: number;
  readonly loss: "cross-entropy" | "squared-error";
  /** Loss of the best answer that uses no memory: nats, or mean squared error. */
  readonly memorylessLoss: number;
  /** The task is solved when `error` is below this. */
  readonly solvedBelow: number;
  batch(batchSize: number, random: Random): TaskBatch;
  /** Share of wrong answers, or mean squared error, of outputs [time, batch, outputSize]. */
  error(batch: TaskBatch, outputs: ArrayLike<number>): number;
}

/** Share of the positions that count whose largest output is not the target. */
export function wrongShare(
  { mask, targetIds }: TaskBatch,
  { outputs, outputSize }: { outputs: ArrayLike<number>; outputSize: number },
): number {
  let wrong = 0;
  let counted = 0;
  for (let place = 0; place < mask.length; place++) {
    if (mask[place] === 0) continue;
    counted++;
    let best = 0;
    for (let v = 1; v < outputSize; v++) {
      if (outputs[place * outputSize + v] > outputs[place * outputSize + best]) best = v;
    }
    if (best !== targetIds![place]) wrong++;
  }
  return wrong / counted;
}

/** @throws {RangeError} if the sequence is shorter than the task needs. */
export function requireLength(name: string, length: number, least: number): void {
  if (!(Number.isInteger(length) && length >= least)) {
    throw new RangeError(
      `Cannot make the ${name} task: length ${length}, at least ${least} needed.`,
    );
  }
}
