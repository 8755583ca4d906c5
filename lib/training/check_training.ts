import { optimizerKinds } from "lib/kernels/optimizer_defaults.ts";
import type { OptimizerSettings } from "lib/kernels/sequence_network.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import type { IdWindow, WindowSchedule } from "lib/text/window.ts";
import { requireLearningRate } from "lib/training/tf_optimizer.ts";

/**
 * Looks at what a training is given before anything is made of it, and says what does not fit.
 *
 * @throws {TypeError} if the windows are no schedule.
 * @throws {RangeError} if the optimiser is unknown, the dropout no share below 1, a window has not the length it says, or its ids are
 * not those of the model's vocabulary.
 * @throws {Error} if the model was disposed of.
 */
export function checkTraining(
  model: AnyTrainableModel,
  { schedule, optimizer, dropout = 0 }: {
    schedule: WindowSchedule;
    optimizer: OptimizerSettings;
    dropout?: number;
  },
): void {
  if (typeof schedule?.window !== "function" || schedule.largestWindow === undefined) {
    const given = (schedule as object | undefined)?.constructor?.name ?? String(schedule);
    throw new TypeError(
      `Cannot train ${model.name}: it learns from a schedule of windows, got ${given}. ` +
        "streamWindows(ids, { batchSize, unrollLength }) cuts ids into one.",
    );
  }
  if (!optimizerKinds.includes(optimizer?.kind)) {
    throw new RangeError(
      `Cannot train ${model.name}: the optimizer's kind must be one of ${
        optimizerKinds.join(", ")
      }, got ${optimizer?.kind}.`,
    );
  }
  requireLearningRate(optimizer.learningRate);
  if (!(dropout >= 0 && dropout < 1)) {
    throw new RangeError(
      `Cannot train ${model.name}: dropout must be at least 0 and below 1, got ${dropout}.`,
    );
  }
  if (Object.values(model.parameters).some((parameter) => parameter.isDisposed)) {
    throw new Error(`Cannot train ${model.name}: it was disposed of. Make it anew.`);
  }
  checkWindow(schedule.window(0), model);
}

/** One window stands for all: a schedule cuts them from the same ids. */
function checkWindow(
  { inputIds, targetIds, timeSteps, batchSize }: IdWindow,
  { name, vocabulary }: AnyTrainableModel,
): void {
  const needed = timeSteps * batchSize;
  for (const [key, ids] of Object.entries({ inputIds, targetIds })) {
    if (ids.length !== needed) {
      throw new RangeError(
        `Cannot train ${name}: a window of ${timeSteps} time steps and batch size ${batchSize} has ` +
          `${needed} ids, its ${key} are ${ids.length}.`,
      );
    }
    const stranger = ids.find((id) => !(id >= 0 && id < vocabulary.size));
    if (stranger !== undefined) {
      throw new RangeError(
        `Cannot train ${name}: the windows hold id ${stranger}, outside 0 to ${
          vocabulary.size - 1
        }. Their text was encoded with another tokenizer than the model's.`,
      );
    }
  }
}

/** What to say of a loss that is not finite: the likely cause, and what to try. */
export function divergenceText(
  { trainingStep, lossNats, learningRate, maxGradientNorm }: {
    trainingStep: number;
    lossNats: number;
    learningRate?: number;
    maxGradientNorm?: number;
  },
): string {
  const what = `Training diverged at step ${trainingStep}: the loss is ${lossNats}.`;
  if (trainingStep === 1) {
    return `${what} No update was made before: the initial weights or the carried state are not finite.`;
  }
  const clip = maxGradientNorm === undefined
    ? "or clip the gradient with maxGradientNorm"
    : `or clip harder than maxGradientNorm ${maxGradientNorm}`;
  const rate = learningRate === undefined
    ? "a lower learning rate"
    : `a learning rate below ${learningRate}`;
  return `${what} The updates were too large: try ${rate}, ${clip}.`;
}
