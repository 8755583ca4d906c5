import { lossCurve, type LossFloor } from "lib/figures/lecture/loss_curve.ts";
import { numberText } from "lib/figures/parts/number_text.ts";
import { isDisplaying, sendDisplay } from "lib/lecture/display_message.ts";
import { figureBundle } from "lib/lecture/figure_display.ts";
import { showMarkdown } from "lib/lecture/markdown_display.ts";
import { progressText, startProgress } from "lib/lecture/progress.ts";
import { codeBlock } from "lib/lecture/quoted_text.ts";
import { stoppable } from "lib/lecture/stoppable.ts";
import { stopRequested } from "lib/training/stop_request.ts";
import type { StopReason, TrainingRecord } from "lib/training/training_record.ts";

/** How training is watched. */
export interface WatchOptions {
  title: string;
  /** The least time between two drawings, in milliseconds; 500 unless told. */
  everyMs?: number;
  /** ln V, unigram, best n-gram, entropy rate: drawn under the curve. */
  floors?: readonly LossFloor[];
  /** Updates planned, for the progress line. */
  trainingSteps?: number;
  unit?: "nats" | "bits";
  /**
   * What the model writes now, shown below the curve at each drawing. Start its random stream anew in
   * each call: how often it is called depends on the machine's speed.
   */
  sampleText?: () => Promise<string>;
  /** What to look at in the curve that stays. */
  caption?: string;
}

/**
 * Draws the loss curve while a model trains, and returns all records when it has.
 *
 * Jupyter's Stop button, or a file called `stop-training` in the notebook's folder, ends the training
 * and not the notebook: the model stays as of its last update, and later cells run. What stays in the
 * notebook is a plain figure and a line without timings. Outside a kernel the records are only
 * collected. If training throws, the curve up to there stays and the error goes on.
 *
 * @param records what `train` yields
 */
export async function watchTraining(
  records: AsyncIterable<TrainingRecord>,
  options: WatchOptions,
): Promise<TrainingRecord[]> {
  const seen: TrainingRecord[] = [];
  await stoppable(() => watch(records, { seen, options }));
  return seen;
}

async function watch(
  records: AsyncIterable<TrainingRecord>,
  { seen, options }: { seen: TrainingRecord[]; options: WatchOptions },
): Promise<void> {
  const { title, everyMs = 500, trainingSteps } = options;
  const progress = await startProgress(`${title}: starting`, { everyMs });
  const curve = liveCurve(seen, options);
  const sample = liveSample(options);
  let drawnAt = -Infinity;
  let isIntact = true;
  let isStopping = false;
  try {
    for await (const record of records) {
      seen.push(record);
      await progress.update(`${title}: ${liveText(record, trainingSteps)}`);
      // Asked to stop, `train` ends with one more record; what does not is left there.
      if (isStopping) break;
      isStopping = stopRequested();
      if (isStopping || performance.now() - drawnAt < everyMs) continue;
      await curve.draw();
      await sample.draw();
      // Counted from the end: drawing must never take most of the time.
      drawnAt = performance.now();
    }
  } catch (error) {
    // A model that has diverged is not asked to write.
    isIntact = false;
    throw error;
  } finally {
    await curve.finish();
    if (seen.length > 0 && isIntact) await sample.finish();
    await progress.finish(`${title}: ${finalText(seen, isStopping)}`);
    if (options.caption) await showMarkdown(options.caption);
  }
}

function liveCurve(
  seen: readonly TrainingRecord[],
  { title, floors, unit, caption = "" }: WatchOptions,
) {
  const displayId = crypto.randomUUID();
  let isShown = false;
  const show = async (settle: boolean) => {
    if (!isDisplaying() || !seen.some(({ lossNats }) => Number.isFinite(lossNats))) return;
    const svg = lossCurve(seen, { title, floors, unit });
    await sendDisplay(figureBundle(svg, { caption }), { displayId, update: isShown, settle });
    isShown = true;
  };
  return { draw: () => show(false), finish: () => show(true) };
}

function liveText(record: TrainingRecord, total: number | undefined): string {
  const { trainingStep, lossNats, charactersPerSecond, elapsedSeconds } = record;
  const steps = progressText({ done: trainingStep, total, elapsedSeconds });
  return `update ${steps}, loss ${numberText(lossNats, { digits: 3 })} nats, ` +
    `${numberText(charactersPerSecond, { digits: 3 })} characters per second`;
}

function liveSample({ sampleText }: WatchOptions) {
  const displayId = crypto.randomUUID();
  let isShown = false;
  const show = async (settle: boolean) => {
    if (!sampleText || !isDisplaying()) return;
    const text = await sampleText();
    const data = { "text/markdown": codeBlock(text), "text/plain": text };
    await sendDisplay(data, { displayId, update: isShown, settle });
    isShown = true;
  };
  return { draw: () => show(false), finish: () => show(true) };
}

const stopTexts: Record<StopReason, string> = {
  trainingSteps: "as planned",
  timeBudget: "at the time budget",
  signal: "when asked to",
  stopRequest: "on request",
  earlyStopping: "because the validation loss no longer fell",
  nonFiniteLoss:
    "because the loss was no longer a finite number: try a smaller learning rate or clip",
};

function finalText(seen: readonly TrainingRecord[], isStopping: boolean): string {
  const last = seen.at(-1);
  if (!last) return "no update was made";
  const validation = seen.findLast((record) => record.validationLossNats !== undefined)
    ?.validationLossNats;
  const losses = `training loss ${numberText(last.lossNats)} nats` +
    (validation === undefined ? "" : `, validation loss ${numberText(validation)} nats`);
  const reason = last.stopReason ?? (isStopping ? "stopRequest" : undefined);
  const stop = reason ? `, stopped ${stopTexts[reason]}` : "";
  const updates = `${last.trainingStep} ${last.trainingStep === 1 ? "update" : "updates"}`;
  return `${updates}${stop}; ${losses} (${last.engine}).`;
}
