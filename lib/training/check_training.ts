import { requireOptimizer, requireSettings } from "lib/kernels/training_settings.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import type { IdWindow, WindowSchedule } from "lib/text/windows/window.ts";
import type { TrainOptions } from "lib/training/train.ts";

/**
 * Looks at what a training is given before anything is made of it, and says what does not fit.
 *
 * @throws {TypeError} if the windows, those for validation included, are no schedule.
 * @throws {RangeError} if a setting makes no sense, it is to stop early without validation, a window has
 * not the length it says, or its ids are not those of the model's vocabulary.
 * @throws {Error} if the model was disposed of.
 */
export function checkTraining(
  model: AnyTrainableModel,
  schedule: WindowSchedule,
  options: Omit<TrainOptions, "trainingSteps" | "epochs">,
): void {
  const schedules = [schedule, ...(options.validation ? [options.validation] : [])];
  for (const each of schedules) requireSchedule(each, model);
  requireOptimizer(options.optimizer);
  const { maxGradientNorm, dropout, dropoutSeed, threads } = options;
  const { recordEvery, evaluateEvery, timeBudgetSeconds, earlyStopping } = options;
  requireSettings({
    ...{ maxGradientNorm, dropout, dropoutSeed, recordEvery, evaluateEvery, timeBudgetSeconds },
    threads: threads === "auto" ? undefined : threads,
  });
  if (earlyStopping) {
    const { patience = NaN, minImprovementNats } = earlyStopping;
    requireSettings({ patience, minImprovementNats });
    if (!options.validation) {
      throw new RangeError("Cannot stop early: there are no validation windows to judge by.");
    }
  }
  if (Object.values(model.parameters).some((parameter) => parameter.isDisposed)) {
    throw new Error(`Cannot train ${model.name}: it was disposed of. Make it anew.`);
  }
  for (const each of schedules) {
    const { timeSteps, batchSize } = each.largestWindow;
    requireSettings({ timeSteps, batchSize });
    checkWindow(each.window(0), model);
  }
}

function requireSchedule(schedule: WindowSchedule, { name }: AnyTrainableModel): void {
  if (typeof schedule?.window === "function" && schedule.largestWindow !== undefined) return;
  const given = (schedule as object | undefined)?.constructor?.name ?? String(schedule);
  throw new TypeError(
    `Cannot train ${name}: it learns from a schedule of windows, got ${given}. ` +
      "streamWindows(ids, { batchSize, unrollLength }) cuts ids into one.",
  );
}

/** One window stands for all: a schedule cuts them from the same ids. */
function checkWindow(
  { inputIds, targetIds, timeSteps, batchSize }: IdWindow,
  { name, vocabulary }: AnyTrainableModel,
): void {
  requireSettings({ timeSteps, batchSize });
  const needed = timeSteps * batchSize;
  for (const [key, ids] of Object.entries({ inputIds, targetIds })) {
    if (ids.length !== needed) {
      throw new RangeError(
        `Cannot train ${name}: a window of ${timeSteps} time steps and batch size ${batchSize} has ` +
          `${needed} ids, its ${key} are ${ids.length}.`,
      );
    }
    const stranger = ids.find((id) => !(Number.isInteger(id) && id >= 0 && id < vocabulary.size));
    if (stranger !== undefined) {
      throw new RangeError(
        `Cannot train ${name}: the windows hold id ${stranger}, outside 0 to ${
          vocabulary.size - 1
        }. Their text was encoded with another tokenizer than the model's.`,
      );
    }
  }
}
