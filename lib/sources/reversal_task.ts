import type { Random } from "lib/random/random_stream.ts";
import { requireLength } from "lib/sources/sequence_task.ts";
import { createVocabulary, type Vocabulary } from "lib/text/tokenizers/vocabulary.ts";

/** Sequences to read and sequences to write, time-major: element (t, b) at t * batchSize + b. */
export interface PairBatch {
  readonly batchSize: number;
  readonly sourceSteps: number;
  /** [sourceSteps, batch] */
  readonly sourceIds: Int32Array;
  /** [sourceSteps, batch]: 1 where there is a token, 0 where shorter sources are filled up at the end. */
  readonly sourceMask: Float32Array;
  readonly targetSteps: number;
  /** [targetSteps, batch] */
  readonly targetIds: Int32Array;
  /** [targetSteps, batch]: the targets one step late, a start marker first (teacher forcing). */
  readonly inputIds: Int32Array;
  /** [targetSteps, batch]: 1 where the target counts. */
  readonly targetMask: Float32Array;
}

/** The task of writing a string backwards. */
export interface ReversalTask {
  readonly name: string;
  /** The start marker, the end marker, then the characters. */
  readonly vocabulary: Vocabulary;
  readonly startId: number;
  readonly endId: number;
  batch(batchSize: number, random: Random): PairBatch;
}

/** Lengths and characters of the strings. */
export interface ReversalTaskOptions {
  /** Characters of a string: this many, or any number between two. */
  readonly length: number | { readonly from: number; readonly to: number };
  /** The letters that strings are drawn from, independently and uniformly; a to z unless told. */
  readonly letters?: string;
}

/**
 * Reversal: read "^abc$", write "cba$", given "^cba" one character late. ^ and $ are the markers.
 *
 * To write the first character is to know the last one read; the last takes a memory of the whole
 * string: n letters out of k are n log2 k bits, which a fixed vector has to hold at once.
 *
 * Sources of a batch have equal length only if all strings have; shorter ones are filled up with end
 * markers and masked.
 *
 * @throws {RangeError} if a length is below 1 or from is above to.
 */
export function reversalTask(options: ReversalTaskOptions): ReversalTask {
  const { length, letters = "abcdefghijklmnopqrstuvwxyz" } = options;
  const { from, to } = typeof length === "number" ? { from: length, to: length } : length;
  requireLength("reversal", from, 1);
  requireLength("reversal", to, from);
  const vocabulary = createVocabulary(["^", "$", ...letters]);
  const [START, END, FIRST] = [0, 1, 2];
  return {
    name: `reversal of ${from === to ? from : `${from} to ${to}`} characters`,
    vocabulary,
    startId: START,
    endId: END,
    batch(batchSize, random) {
      const [sourceSteps, targetSteps] = [to + 2, to + 1];
      const sourceIds = new Int32Array(sourceSteps * batchSize).fill(END);
      const sourceMask = new Float32Array(sourceSteps * batchSize);
      const targetIds = new Int32Array(targetSteps * batchSize).fill(END);
      const inputIds = new Int32Array(targetSteps * batchSize).fill(END);
      const targetMask = new Float32Array(targetSteps * batchSize);
      for (let row = 0; row < batchSize; row++) {
        const count = from + Math.floor((to - from + 1) * random());
        sourceIds[row] = inputIds[row] = START;
        for (let i = 0; i < count; i++) {
          const id = FIRST + Math.floor(letters.length * random());
          sourceIds[(i + 1) * batchSize + row] = id;
          targetIds[(count - 1 - i) * batchSize + row] = id;
          inputIds[(count - i) * batchSize + row] = id;
        }
        for (let t = 0; t < count + 2; t++) sourceMask[t * batchSize + row] = 1;
        for (let t = 0; t < count + 1; t++) targetMask[t * batchSize + row] = 1;
      }
      return {
        ...{ batchSize, sourceSteps, sourceIds, sourceMask },
        ...{ targetSteps, targetIds, inputIds, targetMask },
      };
    },
  };
}
