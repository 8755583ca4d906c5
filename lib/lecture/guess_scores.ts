import { numberText } from "lib/figures/parts/number_text.ts";
import { type Claim, recordedValue } from "lib/lecture/claim.ts";
import { markdownTable, showMarkdown } from "lib/lecture/markdown_display.ts";

/** A reader's guesses by claim id; null where none was made. */
export type Guesses = Record<string, number | null>;

/**
 * Sets a reader's guesses beside the measured claims, in the order of the guesses; those not made,
 * and those for a claim that is not applicable, are left out.
 *
 * @throws {RangeError} if a guess is for a claim that was not measured, or is not a number
 *
 * @example
 * ```ts
 * import { decide } from "lib/lecture/claim.ts";
 * import { above } from "lib/lecture/condition.ts";
 * import { scoreGuesses } from "lib/lecture/guess_scores.ts";
 * import { assertEquals } from "@std/assert";
 * const claim = decide({ id: "Q1.1", statement: "s", prediction: "p", unit: "", condition: above(0) }, 28);
 * assertEquals(scoreGuesses({ "Q1.1": 27, "Q1.2": null }, [claim])[0].score, "close");
 * ```
 */
export function scoreGuesses(
  guesses: Readonly<Guesses>,
  claims: readonly Claim[],
): PredictionOutcome[] {
  return Object.entries(guesses).flatMap(([id, guess]) => {
    if (guess === null) return [];
    const claim = claims.find((one) => one.id === id);
    if (!claim) {
      const known = claims.map((one) => one.id).join(", ") || "none";
      throw new RangeError(`Cannot score the guess ${id}: the claims measured are ${known}.`);
    }
    const { statement: quantity, unit, value } = claim;
    if (value === null) return [];
    return comparePrediction(
      recordPrediction({ id, quantity, guess, unit }),
      recordedValue(value),
    );
  });
}

/**
 * How near the reader's guess came to one claim; undefined where none was made.
 *
 * @throws {RangeError} if the guess is not a number
 */
export function guessText(guesses: Readonly<Guesses>, claim: Claim): string | undefined {
  const guess = guesses[claim.id] ?? null;
  if (guess === null) return undefined;
  const [outcome] = scoreGuesses({ [claim.id]: guess }, [claim]);
  const guessed = `Your guess, ${`${numberText(guess)} ${claim.unit}`.trim()},`;
  if (!outcome) return `${guessed} cannot be scored: ${claim.reason}.`;
  const { score, factor } = outcome;
  const ratio = Number.isNaN(factor) ? "" : `: measured ÷ guess = ${numberText(factor)}`;
  return `${guessed} was ${scoreWords[score]}${ratio}.`;
}

const scoreWords = { "close": "close", "right order": "of the right order", "off": "off" } as const;

/** The scores as a table; before the first guess, how to make one. */
export function guessesMarkdown(guesses: Readonly<Guesses>, claims: readonly Claim[]): string {
  const outcomes = scoreGuesses(guesses, claims);
  const all = Object.values(guesses);
  const open = all.filter((guess) => guess === null).length;
  if (open === all.length) {
    return `None of ${open} guesses is made: put numbers in place of \`null\`, before you read on, and ` +
      "run this cell again at the end.";
  }
  const missing = open === 0 ? "" : ` ${open} not made.`;
  const unscored = all.length - open - outcomes.length;
  const unmeasured = unscored === 0 ? "" : ` ${unscored} for what this text cannot decide.`;
  return outcomesMarkdown(outcomes) + missing + unmeasured;
}

/** Shows how near a reader's guesses came. Outside a kernel nothing is shown. */
export async function showGuessScores(
  guesses: Readonly<Guesses>,
  claims: readonly Claim[],
): Promise<void> {
  await showMarkdown(guessesMarkdown(guesses, claims));
}

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
