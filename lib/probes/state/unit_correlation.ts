import type { StateSequence } from "lib/probes/state/hidden_states.ts";

/** A unit of a state and how it goes with a signal. */
export interface UnitCorrelation {
  readonly unit: number;
  /** Pearson's, -1 to 1; 0 for a unit or a signal that never varies. */
  readonly correlation: number;
}

/**
 * Correlation of each unit with a signal along the text, the strongest (by absolute value) first.
 *
 * @param signal its value after each token of a sequence, [ids.length].
 */
export function unitCorrelations(
  sequences: readonly StateSequence[],
  signal: (ids: Int32Array) => ArrayLike<number>,
): UnitCorrelation[] {
  const rows = sequences.flatMap(({ ids, states }) => {
    const values = signal(ids);
    return states.map((state, place) => ({ state, value: values[place] }));
  });
  const values = rows.map(({ value }) => value);
  return Array.from(rows[0].state, (_, unit) => (
    { unit, correlation: pearson(rows.map(({ state }) => state[unit]), values) }
  )).sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
}

/** Tokens read since the last one of the given id, 0 at it; from the start where none has come. */
export function tokensSince(id: number): (ids: Int32Array) => Int32Array {
  return (ids) => {
    let count = -1;
    return ids.map((one) => count = one === id ? 0 : count + 1);
  };
}

function pearson(left: readonly number[], right: readonly number[]): number {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [leftMean, rightMean] = [mean(left), mean(right)];
  let product = 0, leftSquares = 0, rightSquares = 0;
  left.forEach((value, index) => {
    const [a, b] = [value - leftMean, right[index] - rightMean];
    product += a * b;
    leftSquares += a * a;
    rightSquares += b * b;
  });
  return product === 0 ? 0 : product / Math.sqrt(leftSquares * rightSquares);
}
