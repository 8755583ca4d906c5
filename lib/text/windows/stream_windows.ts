import {
  epochPlace,
  requireCounts,
  requireIds,
  type WindowSchedule,
} from "lib/text/windows/window.ts";

/** Settings of `streamWindows`. */
export interface StreamWindowsOptions {
  /** Number of parallel streams. */
  batchSize: number;
  /** Time steps of one window. */
  unrollLength: number;
}

/**
 * The text cut into parallel streams, read side by side in windows that continue one another.
 *
 * With N ids, stream b holds inputs from b * L on, L = floor((N - 1) / batchSize), and window w of an
 * epoch its time steps w * unrollLength on. Only an epoch's first window starts afresh
 * (`continues: false`). What does not fill a window at the end of each stream is left out: all
 * windows have one shape. No chance is involved.
 *
 * @throws {RangeError} if a setting is not a whole number of at least 1, or the text is too short for one window.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { streamWindows } from "lib/text/windows/stream_windows.ts";
 * const schedule = streamWindows(Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8), { batchSize: 2, unrollLength: 2 });
 * assertEquals(schedule.stepsPerEpoch, 2);
 * assertEquals([...schedule.window(0).inputIds], [0, 4, 1, 5]); // time-major
 * assertEquals([...schedule.window(1).targetIds], [3, 7, 4, 8]);
 * ```
 */
export function streamWindows(ids: Int32Array, options: StreamWindowsOptions): WindowSchedule {
  const { batchSize, unrollLength } = options;
  requireIds(ids);
  requireCounts({ batchSize, unrollLength });
  const streamLength = Math.floor((ids.length - 1) / batchSize);
  const stepsPerEpoch = Math.floor(streamLength / unrollLength);
  if (stepsPerEpoch < 1) {
    throw new RangeError(
      `Cannot cut windows: ${batchSize} streams of ${unrollLength} time steps need ` +
        `${batchSize * unrollLength + 1} ids, got ${ids.length}.`,
    );
  }
  return {
    stepsPerEpoch,
    largestWindow: { timeSteps: unrollLength, batchSize },
    window(trainingStep) {
      const { stepInEpoch } = epochPlace(trainingStep, stepsPerEpoch);
      const inputIds = new Int32Array(unrollLength * batchSize);
      const targetIds = new Int32Array(unrollLength * batchSize);
      for (let row = 0; row < batchSize; row++) {
        const start = row * streamLength + stepInEpoch * unrollLength;
        for (let timeStep = 0; timeStep < unrollLength; timeStep++) {
          inputIds[timeStep * batchSize + row] = ids[start + timeStep];
          targetIds[timeStep * batchSize + row] = ids[start + timeStep + 1];
        }
      }
      return {
        inputIds,
        targetIds,
        timeSteps: unrollLength,
        batchSize,
        continues: stepInEpoch > 0,
      };
    },
  };
}

/**
 * As `streamWindows`, with the sizes as upper bounds: a text too short for one such window is cut into
 * fewer streams, and into shorter ones where even a single stream is too short.
 *
 * @throws {RangeError} if a setting is not a whole number of at least 1, or there are fewer than 2 ids.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fittingStreamWindows } from "lib/text/windows/stream_windows.ts";
 * const schedule = fittingStreamWindows(new Int32Array(70), { batchSize: 16, unrollLength: 32 });
 * assertEquals(schedule.largestWindow, { timeSteps: 32, batchSize: 2 });
 * ```
 */
export function fittingStreamWindows(
  ids: Int32Array,
  { batchSize, unrollLength }: StreamWindowsOptions,
): WindowSchedule {
  requireIds(ids);
  requireCounts({ batchSize, unrollLength });
  if (ids.length < 2) {
    throw new RangeError(`Cannot cut windows: they need at least 2 ids, got ${ids.length}.`);
  }
  const timeSteps = Math.min(unrollLength, ids.length - 1);
  const streams = Math.min(batchSize, Math.floor((ids.length - 1) / timeSteps));
  return streamWindows(ids, { batchSize: streams, unrollLength: timeSteps });
}
