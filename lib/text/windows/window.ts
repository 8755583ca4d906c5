/** What a model reads at once: `[time, batch]`, the token of time step t in row b at `t * batchSize + b`. */
export interface InputWindow {
  readonly inputIds: Int32Array;
  readonly timeSteps: number;
  readonly batchSize: number;
}

/**
 * One batch of pieces of text, with the tokens to predict: the unit of a training step.
 *
 * Targets are the inputs shifted by one, and lie as these do.
 */
export interface IdWindow extends InputWindow {
  targetIds: Int32Array;
  /** `[time, batch]`: 1 where the target counts, 0 where it is padding. Absent: all count. */
  mask?: Float32Array;
  /** Whether each row goes on where that row of the window before ended: carry the state in. */
  continues: boolean;
}

/** Which window belongs to which training step: a function of the step alone, so a run can resume. */
export interface WindowSchedule {
  stepsPerEpoch: number;
  /** Upper bounds of every window's sizes: what a training engine must make room for. */
  largestWindow: { timeSteps: number; batchSize: number };
  /** The window of a training step, counted from 0 over all epochs. */
  window(trainingStep: number): IdWindow;
}

/** The epoch of a training step and the step within it, both from 0. */
export interface EpochPlace {
  epoch: number;
  stepInEpoch: number;
}

/**
 * Where a training step lies in its schedule.
 *
 * @throws {RangeError} if the training step is not a whole number from 0.
 */
export function epochPlace(trainingStep: number, stepsPerEpoch: number): EpochPlace {
  if (!Number.isInteger(trainingStep) || trainingStep < 0) {
    throw new RangeError(
      `Cannot give a window: the training step must be a whole number, got ${trainingStep}.`,
    );
  }
  return {
    epoch: Math.floor(trainingStep / stepsPerEpoch),
    stepInEpoch: trainingStep % stepsPerEpoch,
  };
}

/** @throws {TypeError} if what should be cut is not token ids but, say, the text itself. */
export function requireIds(ids: Int32Array): void {
  if (ArrayBuffer.isView(ids) || Array.isArray(ids)) return;
  throw new TypeError(
    `Cannot cut windows: they are cut from token ids, as tokenizer.encode(text) gives them, got a ${typeof ids}.`,
  );
}

/** @throws {RangeError} naming the first setting that is not a whole number of at least 1. */
export function requireCounts(settings: Record<string, number>): void {
  for (const [name, value] of Object.entries(settings)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(
        `Cannot cut windows: ${name} must be a whole number of at least 1, got ${value}.`,
      );
    }
  }
}
