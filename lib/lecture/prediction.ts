import { numberText } from "lib/figures/parts/number_text.ts";
import { markdownTable } from "lib/lecture/markdown_display.ts";

/** A number foretold before the experiment. */
export interface Prediction {
  readonly id: string;
  /** What is foretold, in words. */
  readonly quantity: string;
  readonly guess: number;
  readonly unit: string;
  /** Whose it is: the lecture's, or the reader's. */
  readonly by: string;
}

/** How near a prediction came. */
export type PredictionScore = "close" | "right order" | "off";

/** A prediction beside what was measured. */
export interface PredictionOutcome extends Prediction {
  readonly measured: number;
  /** measured − guess, in the prediction's unit. */
  readonly error: number;
  /** measured / guess; NaN where they differ in sign or one is 0. */
  readonly factor: number;
  readonly score: PredictionScore;
}

/**
 * Writes down a prediction, before the experiment.
 *
 * @throws {RangeError} if the guess is not a number
 */
export function recordPrediction(
  { by = "reader", unit = "", ...rest }: Omit<Prediction, "by" | "unit"> & {
    by?: string;
    unit?: string;
  },
): Prediction {
  if (typeof rest.guess !== "number" || Number.isNaN(rest.guess)) {
    throw new RangeError(
      `Cannot record the prediction ${rest.id}: put a number in place of ${rest.guess}`,
    );
  }
  return { ...rest, unit, by };
}

/**
 * Sets a prediction beside the measured value.
 *
 * `close`: within `tolerance` of the measured value, relative (10 % unless told), or both 0;
 * `right order`: within a factor of 10, same sign; `off` otherwise.
 */
export function comparePrediction(
  prediction: Prediction,
  measured: number,
  { tolerance = 0.1 }: { tolerance?: number } = {},
): PredictionOutcome {
  const { guess } = prediction;
  const error = measured === guess ? 0 : measured - guess;
  const ratio = measured / guess;
  const factor = measured === guess ? 1 : ratio > 0 && Number.isFinite(ratio) ? ratio : NaN;
  const isClose = Math.abs(error) <= tolerance * Math.abs(measured);
  const isRightOrder = factor >= 0.1 && factor <= 10;
  const score = isClose ? "close" : isRightOrder ? "right order" : "off";
  return { ...prediction, measured, error, factor, score };
}

/** Outcomes as a table with a closing count, in markdown. */
export function outcomesMarkdown(outcomes: readonly PredictionOutcome[]): string {
  const table = markdownTable(
    outcomes.map((one) => ({
      id: one.id,
      quantity: one.quantity,
      by: one.by,
      guess: `${numberText(one.guess)} ${one.unit}`.trim(),
      measured: `${numberText(one.measured)} ${one.unit}`.trim(),
      score: one.score,
    })),
    {
      columns: {
        id: "Claim",
        quantity: "Quantity",
        by: "By",
        guess: "Predicted",
        measured: "Measured",
        score: "Score",
      },
    },
  );
  const close = outcomes.filter(({ score }) => score === "close").length;
  return `${table}\n\n${close} of ${outcomes.length} predictions were close.`;
}
