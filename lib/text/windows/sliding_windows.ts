import { randomStream } from "lib/random/random_stream.ts";
import { shuffle } from "lib/random/shuffle.ts";
import {
  epochPlace,
  requireCounts,
  requireIds,
  type WindowSchedule,
} from "lib/text/windows/window.ts";

/** Settings of `slidingWindows`. */
export interface SlidingWindowsOptions {
  /** Number of windows of an epoch. */
  windowCount: number;
  /** Time steps of one window. */
  unrollLength: number;
  /** Windows of one training step; an epoch's last step takes what is left. */
  batchSize: number;
  /** Place of the first window in the text; 0 unless told. */
  firstWindow?: number;
  /** Each epoch is shuffled by a stream of this seed; without it windows come in the text's order. */
  seed?: number;
}

/**
 * All overlapping windows of a stretch of text, each from a fresh state, shuffled each epoch.
 *
 * Window i reads ids i to i + unrollLength - 1 and predicts ids i + 1 to i + unrollLength, for
 * i = firstWindow ... firstWindow + windowCount - 1: windowCount + unrollLength ids in all. The data of
 * *Dive into Deep Learning*, section 9.5: 10,000 windows of 32 from the text's start for training
 * (10,032 characters), and the next 5,000 (`firstWindow: 10_000`) for validation.
 *
 * @throws {RangeError} if a setting is not a whole number of at least 1, or the text is too short.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { slidingWindows } from "lib/text/windows/sliding_windows.ts";
 * const ids = Int32Array.of(5, 6, 7, 8);
 * const schedule = slidingWindows(ids, { windowCount: 2, unrollLength: 2, batchSize: 2 });
 * assertEquals([...schedule.window(0).inputIds], [5, 6, 6, 7]); // rows 5 6 and 6 7, time-major
 * ```
 */
export function slidingWindows(ids: Int32Array, options: SlidingWindowsOptions): WindowSchedule {
  const { windowCount, unrollLength, batchSize, firstWindow = 0, seed } = options;
  requireIds(ids);
  requireCounts({ windowCount, unrollLength, batchSize, "firstWindow + 1": firstWindow + 1 });
  const needed = firstWindow + windowCount + unrollLength;
  if (ids.length < needed) {
    throw new RangeError(
      `Cannot cut windows: ${windowCount} overlapping windows of ${unrollLength} from ` +
        `${firstWindow} on need ${needed} ids, got ${ids.length}.`,
    );
  }
  const stepsPerEpoch = Math.ceil(windowCount / batchSize);
  const places = Array.from({ length: windowCount }, (_, place) => firstWindow + place);
  let shuffled = { epoch: -1, places };
  const placesOf = (epoch: number) => {
    if (seed === undefined) return places;
    if (shuffled.epoch !== epoch) {
      const random = randomStream(seed, `sliding windows, epoch ${epoch}`);
      shuffled = { epoch, places: shuffle(places, random) };
    }
    return shuffled.places;
  };
  return {
    stepsPerEpoch,
    largestWindow: { timeSteps: unrollLength, batchSize: Math.min(batchSize, windowCount) },
    window(trainingStep) {
      const { epoch, stepInEpoch } = epochPlace(trainingStep, stepsPerEpoch);
      const first = stepInEpoch * batchSize;
      const rows = placesOf(epoch).slice(first, first + batchSize);
      const inputIds = new Int32Array(unrollLength * rows.length);
      const targetIds = new Int32Array(unrollLength * rows.length);
      rows.forEach((place, row) => {
        for (let timeStep = 0; timeStep < unrollLength; timeStep++) {
          inputIds[timeStep * rows.length + row] = ids[place + timeStep];
          targetIds[timeStep * rows.length + row] = ids[place + timeStep + 1];
        }
      });
      return {
        inputIds,
        targetIds,
        timeSteps: unrollLength,
        batchSize: rows.length,
        continues: false,
      };
    },
  };
}
