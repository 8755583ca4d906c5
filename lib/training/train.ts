import type { OptimizerSettings, StackState } from "lib/kernels/sequence_network.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import type { IdWindow, WindowSchedule } from "lib/text/windows/window.ts";
import {
  type Checkpoint,
  checkResume,
  restoreCheckpoint,
  takeCheckpoint,
} from "lib/training/checkpoint.ts";
import { checkTraining } from "lib/training/check_training.ts";
import { chooseEngine, type EngineChoice } from "lib/training/engines/choose_engine.ts";
import {
  afterEvaluation,
  type EarlyStoppingOptions,
  type EarlyStoppingState,
  NO_EVALUATION_YET,
} from "lib/training/early_stopping.ts";
import { evaluateWith } from "lib/training/evaluate.ts";
import { trainingLog } from "lib/training/training_log.ts";
import { assignAll } from "lib/training/engines/tf_optimizer.ts";
import { trainingLoop } from "lib/training/training_loop.ts";
import type { StopReason, TrainingRecord } from "lib/training/training_record.ts";

/** How to train. One of `trainingSteps` and `epochs` says for how long at the most. */
export interface TrainOptions {
  readonly optimizer: OptimizerSettings;
  /** Learning rate of each step, counted from 0, in place of the optimiser's own: a schedule. */
  readonly learningRateAt?: (trainingStep: number) => number;
  /** Global L2 norm above which a gradient is scaled down to it. Default: none. */
  readonly maxGradientNorm?: number;
  /**
   * Share of each layer's outputs dropped on the way to the next layer while training; none within a
   * layer or before the scores, so it takes two layers. Fused kernels only. Default 0.
   */
  readonly dropout?: number;
  /** Seed of the dropout masks. Default 0. */
  readonly dropoutSeed?: number;
  /** Total number of updates, those before a resumed checkpoint included. */
  readonly trainingSteps?: number;
  /** The same in passes over the schedule's windows. */
  readonly epochs?: number;
  /** Updates from record to record. Default 1. */
  readonly recordEvery?: number;
  readonly validation?: WindowSchedule;
  /** Updates from validation to validation; also after the last. Default: every epoch. */
  readonly evaluateEvery?: number;
  /** Ends the run early and puts the best parameters back. Takes `validation`. */
  readonly earlyStopping?: EarlyStoppingOptions;
  /** Ends the run after the current step; the model stays as of that step. */
  readonly signal?: AbortSignal;
  /** The same after this many seconds of wall time. */
  readonly timeBudgetSeconds?: number;
  /** What computes the steps. Default "auto": the fused kernels where they can. */
  readonly engine?: EngineChoice;
  /**
   * Threads of the fused kernels, by default as many as the work is worth. No result depends on it.
   * A worker takes up to a second to start in a notebook: many short runs are faster on one thread.
   */
  readonly threads?: number | "auto";
  /** A loss that is not finite: "throw" (default) or "stop", with the reason in the last record. */
  readonly onNonFiniteLoss?: "throw" | "stop";
  /** Goes on from here. Everything else must be as it was for the run to go on to the same bits. */
  readonly resumeFrom?: Checkpoint;
  /** Called with a checkpoint after the last step, unless the run ended by an error or a `break`. */
  readonly onCheckpoint?: (checkpoint: Checkpoint) => void | Promise<void>;
}

/**
 * Trains a model in place and yields plain records as it goes.
 *
 * Truncated backpropagation through time: the gradient flows through one window, the state is
 * carried from window to window where they continue one another. It looks at `stopRequested` after
 * every step. At every record, and at the end however it comes (a `break` included), the model's
 * parameters are those of the last step; with early stopping, at the end, those of the best
 * evaluation. Where the weights are in between: see `TrainingEngine`.
 *
 * @throws {RangeError} if it is not said how long to train, a setting makes no sense, or the windows
 * are not of the model's vocabulary.
 * @throws {Error} if the loss is no longer finite and `onNonFiniteLoss` is "throw".
 */
export async function* train(
  model: AnyTrainableModel,
  schedule: WindowSchedule,
  options: TrainOptions,
): AsyncGenerator<TrainingRecord, void, void> {
  checkTraining(model, schedule, options);
  if (options.resumeFrom) checkResume(options.resumeFrom, model, options.optimizer);
  const lastStep = totalSteps(schedule, options);
  const { recordEvery = 1, evaluateEvery = schedule.stepsPerEpoch, validation } = options;
  const engine = await chooseEngine(model, {
    ...largest(schedule, validation),
    optimizer: options.optimizer,
    maxGradientNorm: options.maxGradientNorm,
    dropout: options.dropout,
    dropoutSeed: options.dropoutSeed,
    engine: options.engine ?? "auto",
    threads: options.threads,
  });
  let best: BestSoFar = { early: NO_EVALUATION_YET };
  try {
    const meter = trainingLog(schedule.stepsPerEpoch, engine.description);
    const resumed = options.resumeFrom && restoreCheckpoint(options.resumeFrom, model, engine);
    if (resumed) best = { early: resumed.early, parameters: resumed.bestParameters };
    /** The best of the evaluations that a longer run makes too: what a checkpoint holds. */
    let resumableBest = best;
    /** State to start the next window from, where evaluating or resuming has lost the engine's own. */
    let heldState: StackState | undefined = resumed?.state;
    let step = resumed?.trainingStep ?? 0;
    const loop = trainingLoop({
      setLearningRate: (learningRate) => engine.setLearningRate(learningRate),
      trainStep(window: IdWindow) {
        const held = window.continues && heldState !== undefined;
        const start = { continues: false, initialState: heldState };
        heldState = undefined;
        return engine.trainStep(held ? { ...window, ...start } : window);
      },
    }, {
      ...options,
      batchAt: (step) => schedule.window(step),
      ...{ trainingSteps: lastStep, firstStep: step, onStopRequest: "end" },
      learningRate: options.optimizer.learningRate,
    });
    for await (const { batch, result, trainingStep, stopReason: ends } of loop) {
      step = trainingStep;
      meter.add(result, batch);
      let stopReason: StopReason | undefined = ends;
      let validationLossNats: number | undefined;
      // Who presses Stop does not want to wait for a last validation.
      const isEnd = stopReason !== undefined && stopReason !== "stopRequest";
      if (validation && (step % evaluateEvery === 0 || isEnd)) {
        heldState = await engine.finalState();
        validationLossNats = (await evaluateWith(engine, validation)).lossNats;
        const evaluation = { lossNats: validationLossNats, trainingStep: step };
        const early = afterEvaluation(best.early, evaluation, options.earlyStopping);
        const improved = options.earlyStopping && early.evaluationsSinceBest === 0;
        best = { early, parameters: improved ? await engine.parameters() : best.parameters };
        if (step % evaluateEvery === 0) resumableBest = best;
        if (early.evaluationsSinceBest >= (options.earlyStopping?.patience ?? Infinity)) {
          stopReason ??= "earlyStopping";
        }
      }
      if (
        step % recordEvery === 0 || validationLossNats !== undefined || stopReason !== undefined
      ) {
        await engine.writeBack();
        const record = meter.record(step, { validationLossNats, stopReason });
        // What computes may have changed on the way, where a GPU failed.
        yield { ...record, engine: engine.description };
      }
      if (stopReason === "earlyStopping") break;
    }
    if (options.onCheckpoint) {
      heldState ??= await engine.finalState();
      const { early, parameters: bestParameters } = resumableBest;
      const progress = { trainingStep: step, state: heldState, early, bestParameters };
      const taken = await takeCheckpoint(model, engine, progress);
      await options.onCheckpoint({ ...taken, optimizer: options.optimizer.kind });
    }
  } finally {
    await engine.writeBack();
    if (options.earlyStopping && best.parameters) assignAll(model.parameters, best.parameters);
    engine.dispose();
  }
}

interface BestSoFar {
  readonly early: EarlyStoppingState;
  readonly parameters?: Readonly<Record<string, ArrayLike<number>>>;
}

function totalSteps(
  schedule: WindowSchedule,
  { trainingSteps, epochs }: TrainOptions,
): number {
  const steps = trainingSteps ??
    (epochs === undefined ? NaN : Math.round(epochs * schedule.stepsPerEpoch));
  if (!(steps >= 0)) {
    throw new RangeError(
      `Cannot train: it takes trainingSteps or epochs, got ${trainingSteps} and ${epochs}.`,
    );
  }
  return steps;
}

function largest(schedule: WindowSchedule, validation: WindowSchedule | undefined) {
  const sizes = [schedule, validation ?? schedule].map(({ largestWindow }) => largestWindow);
  return {
    timeSteps: Math.max(...sizes.map(({ timeSteps }) => timeSteps)),
    batchSize: Math.max(...sizes.map(({ batchSize }) => batchSize)),
  };
}
