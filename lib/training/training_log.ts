import type { TrainingStepResult } from "lib/kernels/sequence_network.ts";
import type { IdWindow } from "lib/text/windows/window.ts";
import type { StopReason, TrainingRecord } from "lib/training/training_record.ts";

/** What a record holds beside the means over its steps. */
export interface RecordExtras {
  readonly validationLossNats?: number;
  readonly stopReason?: StopReason;
}

/** Gathers training steps and turns them into records. */
export interface TrainingLog {
  add(result: TrainingStepResult, window: IdWindow): void;
  /** The steps added since the last record; starts the next one. */
  record(trainingStep: number, extras: RecordExtras): TrainingRecord;
  elapsedSeconds(): number;
}

/** A meter whose clock starts now. */
export function trainingLog(stepsPerEpoch: number, engine: string): TrainingLog {
  const started = performance.now();
  const elapsedSeconds = () => (performance.now() - started) / 1000;
  let lastRecordSeconds = 0;
  let sums = noSums();
  return {
    elapsedSeconds,
    add(result, window) {
      sums.steps++;
      sums.loss += result.loss;
      sums.gradientNorm += result.gradientNorm;
      sums.clipped += result.clipped ? 1 : 0;
      sums.tokens += window.mask ? result.weight : window.timeSteps * window.batchSize;
    },
    record(trainingStep, { validationLossNats, stopReason }) {
      const seconds = elapsedSeconds();
      const record: TrainingRecord = {
        trainingStep,
        epoch: trainingStep / stepsPerEpoch,
        lossNats: sums.loss / sums.steps,
        gradientNorm: sums.gradientNorm / sums.steps,
        clippedShare: sums.clipped / sums.steps,
        charactersPerSecond: sums.tokens / Math.max(seconds - lastRecordSeconds, 1e-9),
        elapsedSeconds: seconds,
        engine,
        ...(validationLossNats !== undefined && { validationLossNats }),
        ...(stopReason !== undefined && { stopReason }),
      };
      lastRecordSeconds = seconds;
      sums = noSums();
      return record;
    },
  };
}

function noSums() {
  return { steps: 0, loss: 0, gradientNorm: 0, clipped: 0, tokens: 0 };
}
