import { numberText } from "lib/figures/parts/number_text.ts";
import { showMarkdown } from "lib/lecture/markdown_display.ts";

/** A way to go wrong that an exercise foresees: the number it leads to, and what to say of it. */
export interface ForeseenSlip {
  readonly value: number;
  readonly says: string;
}

/** What the right answer to an exercise is. */
export interface ExerciseKey {
  readonly expected: number;
  /** Relative, of the expected value; 1 % unless told. */
  readonly tolerance?: number;
  readonly unit?: string;
  /** Looked at before the slips that every exercise of ours invites. */
  readonly slips?: readonly ForeseenSlip[];
}

/** What came of an answer. */
export interface ExerciseResult {
  readonly isRight: boolean;
  /** Says what is wrong, and never the right number. */
  readonly says: string;
}

/**
 * Judges a number that a reader gives as an answer, and says what went wrong where that can be told:
 * nats for bits, a loss for a perplexity, a sign, a factor of ten, one too few or too many.
 *
 * @example
 * ```ts
 * import { checkAnswer } from "lib/lecture/exercise_check.ts";
 * import { assertEquals } from "@std/assert";
 * const { says } = checkAnswer(Math.log2(28), { expected: Math.log(28), unit: "nats" });
 * assertEquals(says, "Not yet: 4.807 nats is the right number in bits. 1 bit is ln 2 nats.");
 * ```
 */
export function checkAnswer(answer: number | null | undefined, key: ExerciseKey): ExerciseResult {
  const { expected, tolerance = 0.01, unit = "", slips = [] } = key;
  if (answer === null || answer === undefined) {
    return { isRight: false, says: "No answer yet: put a number in its place." };
  }
  if (typeof answer !== "number") {
    return {
      isRight: false,
      says: `Not a number: ${JSON.stringify(answer)} is a ${typeof answer}.`,
    };
  }
  if (Number.isNaN(answer)) {
    return { isRight: false, says: `Not a number: ${answer}. Look at what was divided by zero.` };
  }
  const near = (value: number) =>
    answer === value || Math.abs(answer - value) <= tolerance * Math.abs(value);
  const shown = `${numberText(answer)} ${unit}`.trim();
  if (near(expected)) return { isRight: true, says: `Right: ${shown}.` };
  const slip = [...slips, ...usualSlips(expected)].find(({ value }) => near(value));
  if (slip) return { isRight: false, says: `Not yet: ${shown} ${slip.says}` };
  return {
    isRight: false,
    says: `Not yet: ${shown} is too ${answer > expected ? "large" : "small"}.`,
  };
}

/** Shows what came of an answer, under the cell. Outside a kernel nothing is shown. */
export async function showCheck(
  answer: number | null | undefined,
  key: ExerciseKey,
): Promise<ExerciseResult> {
  const result = checkAnswer(answer, key);
  await showMarkdown(`${result.isRight ? "✓" : "✗"} ${result.says}`);
  return result;
}

function usualSlips(expected: number): ForeseenSlip[] {
  const whole = Number.isInteger(expected);
  return [
    { value: -expected, says: "has the wrong sign." },
    ...whole
      ? [
        { value: expected - 1, says: "is one too few." },
        { value: expected + 1, says: "is one too many." },
      ]
      : [
        { value: expected / Math.LN2, says: "is the right number in bits. 1 bit is ln 2 nats." },
        { value: expected * Math.LN2, says: "is the right number in nats. 1 bit is ln 2 nats." },
        { value: Math.exp(expected), says: "is its exponential: a perplexity, not a loss." },
        { value: Math.log(expected), says: "is its logarithm: a loss, not a perplexity." },
        { value: 1 - expected, says: "is what it lacks to 1." },
      ],
    { value: 1 / expected, says: "is upside down: its reciprocal was asked for." },
    { value: 10 * expected, says: "is ten times too large." },
    { value: expected / 10, says: "is ten times too small." },
  ].filter(({ value }) => Number.isFinite(value));
}
