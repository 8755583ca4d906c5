import { randomStream } from "lib/random/random_stream.ts";
import { requireCounts, type WindowSchedule } from "lib/text/windows/window.ts";

/** Settings of `maskedWindows`. */
export interface MaskedWindowsOptions {
  /** Sequences of one training step, drawn anew each time. */
  readonly batchSize: number;
  /** The id that takes a hidden token's place. */
  readonly maskId: number;
  /** Chance of each token to be hidden; at least one of a sequence is. BERT's is 0.15. */
  readonly maskShare: number;
  readonly seed: number;
}

/**
 * Sequences of equal length with gaps: the loss is on the hidden tokens alone, which are the targets of
 * their own places.
 *
 * A step's draws depend on the step and the seed alone. All hidden tokens become the mask, none is left or
 * replaced by another, which BERT does for one in five.
 *
 * @throws {RangeError} if there is no sequence, their lengths differ, or the share is not in (0, 1].
 */
export function maskedWindows(
  sequences: readonly Int32Array[],
  { batchSize, maskId, maskShare, seed }: MaskedWindowsOptions,
): WindowSchedule {
  requireCounts({ batchSize, "the number of sequences": sequences.length });
  const timeSteps = sequences[0].length;
  if (timeSteps < 1 || sequences.some(({ length }) => length !== timeSteps)) {
    throw new RangeError("Cannot hide tokens: the sequences must have one length of at least 1.");
  }
  if (!(maskShare > 0 && maskShare <= 1)) {
    throw new RangeError(`Cannot hide a share of ${maskShare} of the tokens.`);
  }
  return {
    stepsPerEpoch: Math.max(1, Math.floor(sequences.length / batchSize)),
    largestWindow: { timeSteps, batchSize },
    window(trainingStep) {
      const random = randomStream(seed, `hidden tokens, step ${trainingStep}`);
      const inputIds = new Int32Array(timeSteps * batchSize);
      const targetIds = new Int32Array(timeSteps * batchSize);
      const mask = new Float32Array(timeSteps * batchSize);
      for (let row = 0; row < batchSize; row++) {
        const sequence = sequences[Math.floor(random() * sequences.length)];
        const certain = Math.floor(random() * timeSteps);
        for (let time = 0; time < timeSteps; time++) {
          const place = time * batchSize + row;
          const isHidden = random() < maskShare || time === certain;
          inputIds[place] = isHidden ? maskId : sequence[time];
          targetIds[place] = sequence[time];
          mask[place] = isHidden ? 1 : 0;
        }
      }
      return { inputIds, targetIds, mask, timeSteps, batchSize, continues: false };
    },
  };
}
