import { numberText } from "lib/figures/parts/number_text.ts";
import { type Claim, recordedValue } from "lib/lecture/claim.ts";
import { showMarkdown } from "lib/lecture/markdown_display.ts";
import {
  comparePrediction,
  outcomesMarkdown,
  type PredictionOutcome,
  recordPrediction,
} from "lib/lecture/prediction.ts";

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
