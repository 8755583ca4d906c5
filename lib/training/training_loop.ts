import type { MaybePromise } from "lib/kernels/read_tensor.ts";
import { requireLearningRate, requireSettings } from "lib/kernels/training_settings.ts";
import { stopRequested, throwIfStopped } from "lib/training/stop_request.ts";
import type { StopReason } from "lib/training/training_record.ts";
import { eventLoopYielder } from "lib/training/event_loop_yielder.ts";

/** What an update must say of itself. */
export interface MeasuredStep {
  readonly loss: number;
  /** Global L2 norm of the gradient before clipping, where it is known. */
  readonly gradientNorm?: number;
}

/**
 * What the loop trains: anything with a loss of a batch. Windows of a text, sequences of a memory task,
 * pairs of sequences are batches; tied weights are a matter of the step.
 */
export interface Trainable<Batch, Step extends MeasuredStep> {
  /** One update by the gradient of the batch's loss; the loss is that before it. */
  trainStep(batch: Batch): MaybePromise<Step>;
  /** From the next step on; needed only where `learningRateAt` is given. */
  setLearningRate?(learningRate: number): void;
}

/** How long the loop goes on, on what, and what ends it early. */
export interface TrainingLoopOptions<Batch> {
  /** The batch of a training step, counted from 0. Asked once for each, in order. */
  readonly batchAt: (trainingStep: number) => Batch;
  /** Updates in all, those before `firstStep` included. */
  readonly trainingSteps: number;
  /** Updates made before: a resumed run. Default 0. */
  readonly firstStep?: number;
  /** Learning rate of each step, counted from 0: a schedule. */
  readonly learningRateAt?: (trainingStep: number) => number;
  /** Ends the run after the current step. */
  readonly signal?: AbortSignal;
  /** The same after this many seconds of wall time. */
  readonly timeBudgetSeconds?: number;
  /** A loss that is not finite: "throw" (default), "stop", or "continue" where that is what is measured. */
  readonly onNonFiniteLoss?: "throw" | "stop" | "continue";
  /**
   * Stop was pressed (`stopRequested`): "throw" (default) where half a run is worth nothing, or "end"
   * where what was learned so far is kept.
   */
  readonly onStopRequest?: "throw" | "end";
  /** For the error message of a diverged run. */
  readonly learningRate?: number;
  readonly maxGradientNorm?: number;
}

/** One update. */
export interface LoopStep<Batch, Step> {
  /** Updates made so far, this one included. */
  readonly trainingStep: number;
  readonly batch: Batch;
  readonly result: Step;
  /** On the last step only: why it is the last. */
  readonly stopReason?: StopReason;
}

/**
 * The training loop: one update after the other, each handed out as it is made.
 *
 * Between two steps it looks whether to stop, and lets timers and messages have their turn. What else a
 * run does (records, validation, tests) it does with the steps; a `break` ends the run.
 *
 * @throws {RangeError} if a setting makes no sense, or `learningRateAt` gives a rate that is not positive.
 * @throws {Error} if the loss is no longer finite and `onNonFiniteLoss` is "throw".
 * @throws {StoppedError} if Stop was pressed and `onStopRequest` is "throw".
 */
export async function* trainingLoop<Batch, Step extends MeasuredStep>(
  trainable: Trainable<Batch, Step>,
  options: TrainingLoopOptions<Batch>,
): AsyncGenerator<LoopStep<Batch, Step>, void, void> {
  const { batchAt, trainingSteps, firstStep = 0, learningRateAt } = options;
  requireSettings({ trainingSteps, timeBudgetSeconds: options.timeBudgetSeconds });
  const takeTurn = eventLoopYielder();
  const started = performance.now();
  let before: Before = { updates: 0 };
  for (let step = firstStep; step < trainingSteps;) {
    let { learningRate } = options;
    if (learningRateAt) {
      learningRate = learningRateAt(step);
      requireLearningRate(learningRate);
      trainable.setLearningRate!(learningRate);
    }
    const batch = batchAt(step);
    const result = await trainable.trainStep(batch);
    step++;
    const elapsedSeconds = (performance.now() - started) / 1000;
    const now = { ...before, trainingStep: step, lossNats: result.loss, elapsedSeconds };
    const stopReason = whyStop(now, options);
    before = {
      updates: before.updates + 1,
      learningRate: largest(before.learningRate, learningRate),
      gradientNorm: largest(before.gradientNorm, result.gradientNorm),
    };
    yield { trainingStep: step, batch, result, stopReason };
    if (stopReason !== undefined) return;
    await takeTurn();
  }
}

/** What the updates before a step were like. */
type Before = Pick<DivergedRun, "updates" | "learningRate" | "gradientNorm">;

/** The larger of two, and the first that is not finite. */
function largest(before: number | undefined, now: number | undefined): number | undefined {
  if (before === undefined || now === undefined) return before ?? now;
  return Number.isFinite(before) && !(now <= before) ? now : before;
}

function whyStop<Batch>(
  now: Before & { trainingStep: number; lossNats: number; elapsedSeconds: number },
  options: TrainingLoopOptions<Batch>,
): StopReason | undefined {
  const { trainingStep, lossNats, elapsedSeconds } = now;
  const { onNonFiniteLoss = "throw", onStopRequest = "throw" } = options;
  if (!Number.isFinite(lossNats) && onNonFiniteLoss !== "continue") {
    if (onNonFiniteLoss === "stop") return "nonFiniteLoss";
    throw new Error(divergenceText({ ...now, maxGradientNorm: options.maxGradientNorm }));
  }
  if (options.signal?.aborted) return "signal";
  if (stopRequested()) {
    if (onStopRequest === "throw") throwIfStopped();
    return "stopRequest";
  }
  if (elapsedSeconds >= (options.timeBudgetSeconds ?? Infinity)) return "timeBudget";
  return trainingStep >= options.trainingSteps ? "trainingSteps" : undefined;
}

/** What a run did before its loss was no longer finite. */
export interface DivergedRun {
  readonly trainingStep: number;
  readonly lossNats: number;
  /** Updates made before, in this run. */
  readonly updates: number;
  /** Largest learning rate of these updates. */
  readonly learningRate?: number;
  /** Largest global L2 norm of their gradients, before clipping; the first that was not finite, if one was. */
  readonly gradientNorm?: number;
  readonly maxGradientNorm?: number;
}

/**
 * What to say of a loss that is not finite: what is known of the run, and what to try.
 *
 * That the updates were too large is a guess, and said as one: a weight that was never finite shows only
 * where a window reads it.
 */
export function divergenceText(run: DivergedRun): string {
  const { trainingStep, lossNats, updates, learningRate, gradientNorm, maxGradientNorm } = run;
  const what = `Training diverged at step ${trainingStep}: the loss is ${lossNats}.`;
  if (updates === 0) {
    const [since, start] = trainingStep === 1
      ? ["before", "the initial weights or the carried state"]
      : ["since the run went on", "the weights or the state that it went on from"];
    return `${what} No update was made ${since}: ${start} are not finite, or too large.`;
  }
  const made = updates === 1 ? "1 update was" : `${updates} updates were`;
  const facts = [
    ...(learningRate === undefined ? [] : [`a learning rate of up to ${learningRate}`]),
    ...(gradientNorm === undefined ? [] : [`a gradient norm of up to ${shown(gradientNorm)}`]),
  ];
  const known = `${made} made before${facts.length > 0 ? `, at ${facts.join(" and ")}` : ""}.`;
  const rate = learningRate === undefined
    ? "a lower learning rate"
    : `a learning rate below ${learningRate}`;
  const clip = maxGradientNorm === undefined
    ? "or clip the gradient with maxGradientNorm"
    : `or clip harder than maxGradientNorm ${maxGradientNorm}`;
  return `${what} ${known} If they were too large, try ${rate}, ${clip}; ` +
    "if not, look whether the run began with weights that are finite.";
}

function shown(norm: number): string {
  return Number.isFinite(norm) ? String(Number(norm.toPrecision(3))) : String(norm);
}
