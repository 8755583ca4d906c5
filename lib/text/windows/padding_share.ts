import type { WindowSchedule } from "lib/text/windows/window.ts";

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
