import type { FusedEngine } from "lib/kernels/fused/fused_engine.ts";
import { Carry } from "lib/kernels/fused/kernel_memory.ts";
import { MOST_WRITTEN } from "lib/kernels/fused/network_layout.ts";
import { Job, Plan } from "lib/kernels/fused/plan_layout.ts";
import { readState, writeState } from "lib/kernels/fused/state_memory.ts";
import { requireIds } from "lib/kernels/fused/window_memory.ts";
import type { StackState } from "lib/kernels/sequence_network.ts";

/** How a network writes. */
export interface WritingOptions {
  /** The token that it reads first. */
  readonly firstId: number;
  /** Tokens to write. */
  readonly length: number;
  /** Divides the logits; 0 takes the likeliest token, of equal ones the first. */
  readonly temperature: number;
  /** Asked once for each token, unless the temperature is 0. */
  readonly random: () => number;
}

/** What a network wrote. */
export interface Writing {
  readonly ids: Int32Array;
  /** Nats of each of them given all before it, at temperature 1. */
  readonly losses: Float64Array;
  /** The state that has read all but the last of them. */
  readonly state: StackState;
}

/**
 * Writes tokens one after the other, each drawn from the softmax of the outputs: what stepping and
 * drawing do, within the kernels.
 *
 * @throws {Error} if the network's outputs are not scores of the tokens that it reads.
 * @throws {RangeError} if the state is not of one sequence, the id is unknown, or a score is not finite.
 */
export function writeTokens(
  engine: FusedEngine,
  state: StackState,
  { firstId, length, temperature, random }: WritingOptions,
): Writing {
  const { memory } = engine;
  const { config: { inputSize, outputSize }, inputs, loss } = memory.options;
  const isOfTokens = inputs !== "values" && loss !== "squared-error";
  if (!isOfTokens || inputSize !== outputSize) {
    throw new Error("Cannot write: what the network puts out is not what it reads.");
  }
  requireIds("firstId", [firstId], { positions: 1, size: inputSize });
  memory.setWord(Plan.Batch, 1);
  memory.useCarry(Carry.Step);
  writeState(memory, 1, state);
  memory.integers(Plan.InputIds, 1)[0] = firstId;
  // At most the largest number: zero times infinity would be none.
  const inverseTemperature = temperature === 0 ? 1 : Math.min(1 / temperature, Number.MAX_VALUE);
  memory.doubles(Plan.InverseTemperature, 1)[0] = inverseTemperature;
  const ids = new Int32Array(length), losses = new Float64Array(length);
  for (let start = 0; start < length; start += MOST_WRITTEN) {
    const count = Math.min(MOST_WRITTEN, length - start);
    const draws = memory.doubles(Plan.Draws, count);
    for (let i = 0; i < count; i++) draws[i] = temperature === 0 ? -1 : random();
    memory.setWord(Plan.WrittenCount, count);
    engine.runStep(Job.Write, 1);
    ids.set(memory.integers(Plan.WrittenIds, count), start);
    losses.set(memory.doubles(Plan.WrittenNats, count), start);
    if (ids.subarray(start, start + count).includes(-1)) {
      throw new RangeError("Cannot write: a score is not finite; the network has diverged.");
    }
  }
  return { ids, losses, state: readState(memory) };
}
