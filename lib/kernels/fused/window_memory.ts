import type { KernelMemory } from "lib/kernels/fused/kernel_memory.ts";
import { readPadded, writePadded } from "lib/kernels/fused/padded_rows.ts";
import { Plan } from "lib/kernels/fused/plan_layout.ts";
import type { SequenceWindow } from "lib/kernels/sequence_network.ts";

/**
 * Writes a window's inputs, its targets if it has them, and its mask.
 *
 * @throws {RangeError} if an array is missing, has the wrong length, or holds an unknown token.
 */
export function writeWindow(memory: KernelMemory, window: SequenceWindow): void {
  const { timeSteps, batchSize, mask } = window;
  const { options, layout } = memory;
  const { config } = options;
  const positions = timeSteps * batchSize;
  memory.setWord(Plan.TimeSteps, timeSteps);
  memory.setWord(Plan.Batch, batchSize);
  if (options.inputs === "values") {
    writeRows(memory, Plan.InputValues, {
      ...{ name: "inputValues", values: window.inputValues, positions },
      ...{ width: config.inputSize, padded: layout.inputPadded },
    });
  } else {
    writeIds(memory, Plan.InputIds, {
      ...{ name: "inputIds", ids: window.inputIds, positions, size: config.inputSize },
    });
  }
  if (window.targetValues !== undefined && options.loss === "squared-error") {
    writeRows(memory, Plan.TargetValues, {
      ...{ name: "targetValues", values: window.targetValues, positions },
      ...{ width: config.outputSize, padded: layout.outputPadded },
    });
  }
  if (window.targetIds !== undefined && options.loss !== "squared-error") {
    writeIds(memory, Plan.TargetIds, {
      ...{ name: "targetIds", ids: window.targetIds, positions, size: config.outputSize },
    });
  }
  const weights = memory.view(Plan.Mask, positions);
  if (mask === undefined) weights.fill(1);
  else if (mask.length === positions) weights.set(mask);
  else throw new RangeError(`Cannot read a window: mask has ${mask.length} of ${positions}.`);
}

/** Whether a window has the targets that the network's loss needs. */
export function hasTargets(memory: KernelMemory, window: SequenceWindow): boolean {
  const squared = memory.options.loss === "squared-error";
  return (squared ? window.targetValues : window.targetIds) !== undefined;
}

function writeIds(
  memory: KernelMemory,
  field: Plan,
  { name, ids, positions, size }: {
    name: string;
    ids: Int32Array | undefined;
    positions: number;
    size: number;
  },
): void {
  requireIds(name, ids, { positions, size });
  memory.integers(field, positions).set(ids);
}

/** @throws {RangeError} unless there are `positions` ids, each below `size`. */
export function requireIds(
  name: string,
  ids: ArrayLike<number> | undefined,
  { positions, size }: { positions: number; size: number },
): asserts ids is ArrayLike<number> {
  if (ids?.length !== positions) {
    throw new RangeError(
      `Cannot read a window: ${name} has ${ids?.length ?? "no"} elements, not ${positions}.`,
    );
  }
  for (let i = 0; i < positions; i++) {
    if (!(ids[i] >= 0 && ids[i] < size)) {
      throw new RangeError(`Cannot read a window: ${name} holds ${ids[i]}, not in 0..${size - 1}.`);
    }
  }
}

function writeRows(
  memory: KernelMemory,
  field: Plan,
  { name, values, positions, width, padded }: {
    name: string;
    values: Float32Array | undefined;
    positions: number;
    width: number;
    padded: number;
  },
): void {
  if (values?.length !== positions * width) {
    throw new RangeError(
      `Cannot read a window: ${name} has ${values?.length ?? "no"} elements, not ${
        positions * width
      }.`,
    );
  }
  const target = memory.view(field, positions * padded);
  writePadded(target, values, { rows: positions, width, padded });
}

/** Reads the outputs [time, batch, outputSize], which slices leave one after another. */
export function readOutputs(memory: KernelMemory): Float32Array {
  const { sliceRows, outputPadded: padded, keptOutputs } = memory.layout;
  const timeSteps = memory.word(Plan.TimeSteps), batch = memory.word(Plan.Batch);
  const width = memory.options.config.outputSize;
  const result = new Float32Array(timeSteps * batch * width);
  const field = keptOutputs === 0 ? Plan.Outputs : Plan.KeptOutputs;
  const share = sliceRows || batch;
  for (let first = 0; first < batch; first += share) {
    const rows = Math.min(share, batch - first);
    for (let time = 0; time < timeSteps; time++) {
      const from = (timeSteps * first + time * rows) * padded;
      const source = memory.view(field, rows * padded, from);
      const to = (time * batch + first) * width;
      readPadded(result.subarray(to, to + rows * width), source, { rows, width, padded });
    }
  }
  return result;
}

/** Sum of mask times loss over the positions, and the sum of the mask. */
export function lossSums(memory: KernelMemory): { lossSum: number; weight: number } {
  const positions = memory.word(Plan.TimeSteps) * memory.word(Plan.Batch);
  const losses = memory.view(Plan.RowLosses, positions);
  const mask = memory.view(Plan.Mask, positions);
  let lossSum = 0, weight = 0;
  for (let i = 0; i < positions; i++) {
    // A position that does not count adds nothing, even if its loss is not finite.
    if (mask[i] === 0) continue;
    lossSum += mask[i] * losses[i];
    weight += mask[i];
  }
  return { lossSum, weight };
}

/** Sum of a window's mask. */
export function maskSum({ mask, timeSteps, batchSize }: SequenceWindow): number {
  if (mask === undefined) return timeSteps * batchSize;
  let sum = 0;
  for (let i = 0; i < mask.length; i++) sum += mask[i];
  return sum;
}
