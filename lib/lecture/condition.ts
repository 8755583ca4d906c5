import { numberText } from "lib/figures/parts/number_text.ts";

/** A condition on a measured number, with its wording. No condition holds of NaN. */
export interface Condition {
  readonly text: string;
  holds(value: number): boolean;
}

/** The value must be greater than `limit`. */
export function above(limit: number): Condition {
  return condition(`above ${exact(limit)}`, [limit], (value) => value > limit);
}

/** The value must be less than `limit`. */
export function below(limit: number): Condition {
  return condition(`below ${exact(limit)}`, [limit], (value) => value < limit);
}

/**
 * The value must lie from `low` to `high`, ends included.
 *
 * @throws {RangeError} if `low` exceeds `high`
 */
export function between(low: number, high: number): Condition {
  if (low > high) {
    throw new RangeError(`Cannot ask for a value between: ${low} is above ${high}`);
  }
  return condition(
    `from ${exact(low)} to ${exact(high)}`,
    [low, high],
    (value) => value >= low && value <= high,
  );
}

/**
 * The value must differ from `target` by at most `tolerance`, in the value's own unit.
 *
 * A tolerance of 0 asks for the value to the last bit.
 *
 * @throws {RangeError} if the tolerance is negative
 */
export function within(target: number, tolerance: number): Condition {
  if (tolerance < 0) {
    throw new RangeError(`Cannot ask for a value within: tolerance is ${tolerance}`);
  }
  const text = tolerance === 0
    ? `exactly ${exact(target)}`
    : `within ${exact(tolerance)} of ${exact(target)}`;
  return condition(
    text,
    [target, tolerance],
    // An infinite target is met by itself: its difference from itself is NaN.
    (value) => value === target || Math.abs(value - target) <= tolerance,
  );
}

function condition(
  text: string,
  limits: readonly number[],
  holds: (value: number) => boolean,
): Condition {
  if (limits.some(Number.isNaN)) {
    throw new RangeError(`Cannot make a condition "${text}": a limit is not a number`);
  }
  return { text, holds };
}

function exact(limit: number): string {
  return numberText(limit, { digits: 6 });
}
