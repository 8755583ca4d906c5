import { randomStream } from "lib/random/random_stream.ts";
import { shuffle } from "lib/random/shuffle.ts";
import {
  epochPlace,
  type IdWindow,
  requireCounts,
  type WindowSchedule,
} from "lib/text/windows/window.ts";

/** Settings of `sequenceWindows`. */
export interface SequenceWindowsOptions {
  /** Sequences of one training step; an epoch's last step takes what is left. */
  batchSize: number;
  /** Each epoch is shuffled by a stream of this seed; without it sequences come in their own order. */
  seed?: number;
  /** The id that fills up shorter sequences. */
  padId: number;
  /** Whether padding is masked out of the loss; true unless told. False shows what that costs. */
  masked?: boolean;
  /** Whether sequences of like length share a batch, which saves padding; false unless told. */
  bucketed?: boolean;
}

/**
 * Separate sequences of varying length, batched with padding up to the longest of each batch.
 *
 * A sequence of n ids gives n - 1 time steps: ids 0 to n - 2 in, ids 1 to n - 1 to predict. Every window
 * starts afresh. The mask is 1 on the real time steps. Bucketed, the sequences are sorted by length
 * (those of one length in shuffled order) and the batches are shuffled.
 *
 * @throws {RangeError} if there is no sequence, one has fewer than 2 ids, or batchSize is not a
 * whole number of at least 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { sequenceWindows } from "lib/text/windows/sequence_windows.ts";
 * const sequences = [Int32Array.of(1, 2, 3), Int32Array.of(4, 5)];
 * const { inputIds, mask } = sequenceWindows(sequences, { batchSize: 2, padId: 0 }).window(0);
 * assertEquals([...inputIds], [1, 4, 2, 0]);
 * assertEquals([...mask!], [1, 1, 1, 0]);
 * ```
 */
export function sequenceWindows(
  sequences: readonly Int32Array[],
  options: SequenceWindowsOptions,
): WindowSchedule {
  const { batchSize, seed, bucketed = false } = options;
  requireCounts({ batchSize, "the number of sequences": sequences.length });
  const short = sequences.findIndex((sequence) => sequence.length < 2);
  if (short >= 0) {
    throw new RangeError(
      `Cannot cut windows: sequence ${short} has ${
        sequences[short].length
      } ids, at least 2 are needed.`,
    );
  }
  const stepsPerEpoch = Math.ceil(sequences.length / batchSize);
  let planned: { epoch: number; batches: Int32Array[][] } = { epoch: -1, batches: [] };
  const planOf = (epoch: number) => {
    if (planned.epoch === epoch) return planned.batches;
    const random = seed === undefined
      ? undefined
      : randomStream(seed, `sequence windows, epoch ${epoch}`);
    const order = random ? shuffle(sequences, random) : [...sequences];
    if (bucketed) order.sort((left, right) => left.length - right.length); // a stable sort
    const batches = Array.from(
      { length: stepsPerEpoch },
      (_, batch) => order.slice(batch * batchSize, (batch + 1) * batchSize),
    );
    planned = { epoch, batches: bucketed && random ? shuffle(batches, random) : batches };
    return planned.batches;
  };
  const longest = sequences.reduce((length, sequence) => Math.max(length, sequence.length), 0);
  return {
    stepsPerEpoch,
    largestWindow: {
      timeSteps: longest - 1,
      batchSize: Math.min(batchSize, sequences.length),
    },
    window(trainingStep) {
      const { epoch, stepInEpoch } = epochPlace(trainingStep, stepsPerEpoch);
      return padded(planOf(epoch)[stepInEpoch], options);
    },
  };
}

function padded(rows: Int32Array[], options: SequenceWindowsOptions): IdWindow {
  const { padId, masked = true } = options;
  const batchSize = rows.length;
  const timeSteps = Math.max(...rows.map((sequence) => sequence.length)) - 1;
  const inputIds = new Int32Array(timeSteps * batchSize).fill(padId);
  const targetIds = new Int32Array(timeSteps * batchSize).fill(padId);
  const mask = new Float32Array(timeSteps * batchSize);
  rows.forEach((sequence, row) => {
    for (let timeStep = 0; timeStep < sequence.length - 1; timeStep++) {
      const place = timeStep * batchSize + row;
      inputIds[place] = sequence[timeStep];
      targetIds[place] = sequence[timeStep + 1];
      mask[place] = 1;
    }
  });
  const window = { inputIds, targetIds, timeSteps, batchSize, continues: false };
  return masked ? { ...window, mask } : window;
}

/** Computation spent on padding. */
export interface PaddingShare {
  /** Positions computed in one epoch: time steps times rows. */
  readonly computed: number;
  /** Those whose target counts. */
  readonly real: number;
  /** Share of the computed positions that is padding. */
  readonly wasted: number;
}

/**
 * Counts what one epoch of a schedule computes and how much of it is padding.
 *
 * @param schedule with masks: without one every position counts as real.
 */
export function paddingShare(schedule: WindowSchedule): PaddingShare {
  let computed = 0, real = 0;
  for (let step = 0; step < schedule.stepsPerEpoch; step++) {
    const { timeSteps, batchSize, mask } = schedule.window(step);
    computed += timeSteps * batchSize;
    real += mask ? mask.reduce((sum, value) => sum + value, 0) : timeSteps * batchSize;
  }
  return { computed, real, wasted: 1 - real / computed };
}
