import { lossGradientByDistance } from "lib/probes/gradients/gradient_by_distance.ts";
import { fitRate, type RateFit } from "lib/probes/gradients/rate_fit.ts";
import { mapStoppably } from "lib/training/map_stoppably.ts";
import { type NewModelOptions, trainNewModel } from "lib/training/train_new_model.ts";

/** How fast a model's gradient fades, before or after training. */
export interface FadingRecord {
  readonly trainingSteps: number;
  readonly seed: number;
  /** Mean training loss since the last record; NaN before training. */
  readonly lossNats: number;
  /** On each of the texts asked for, by name. */
  readonly fits: Readonly<Record<string, RateFit>>;
}

/** What is trained, and what the gradient is then followed on. */
export interface FadingStudyOptions extends Omit<NewModelOptions, "seed"> {
  readonly seeds: readonly number[];
  /** Texts by name; the loss stands at the end of each. */
  readonly texts: Readonly<Record<string, ArrayLike<number>>>;
}

/**
 * Trains a model per seed and fits the rate at which the gradient of its loss fades with distance, on
 * several texts. `training.trainingSteps` of 0 measures the model as it is drawn.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function fadingStudy(options: FadingStudyOptions): Promise<FadingRecord[]> {
  const { seeds, texts, ...recipe } = options;
  return await mapStoppably(seeds, async (seed) => {
    const { model, records } = await trainNewModel({ ...recipe, seed });
    try {
      const fits = await mapStoppably(Object.entries(texts), ([name, ids]) => [
        name,
        fitRate(lossGradientByDistance(model, ids), { from: 2 }),
      ]);
      return {
        trainingSteps: options.training.trainingSteps ?? 0,
        seed,
        lossNats: records.at(-1)?.lossNats ?? NaN,
        fits: Object.fromEntries(fits),
      };
    } finally {
      model.dispose();
    }
  });
}
