import type { StateSequence } from "lib/probes/hidden_states.ts";
import { fitLinearProbe } from "lib/probes/linear_probe.ts";

/** How well a linear probe reads the token k steps back off the state. */
export interface TokenRecall {
  /** 0 is the token read last. */
  readonly distance: number;
  /** Share of fresh places at which the probe names the token. */
  readonly accuracy: number;
  /** Share of the most common token: what naming it always would reach. */
  readonly majority: number;
}

/** Settings of `tokenRecall`. */
export interface TokenRecallOptions {
  readonly vocabularySize: number;
  readonly distances: readonly number[];
  /** States measured on; those fitted on are the first argument. */
  readonly fresh: readonly StateSequence[];
}

/**
 * Reads earlier tokens back off the state: for each distance a least-squares probe from the state to the one-hot token,
 * fitted on some sequences and measured on others. The greatest output names the token.
 *
 * One distance is one probe: all have the same rows, those with the longest distance behind them.
 *
 * @throws {RangeError} if no sequence is longer than the longest distance.
 */
export function tokenRecall(
  fitted: readonly StateSequence[],
  { vocabularySize, distances, fresh }: TokenRecallOptions,
): TokenRecall[] {
  const warmUp = Math.max(...distances);
  const features = rowsOf(fitted, warmUp, ({ states }, place) => states[place]);
  const freshFeatures = rowsOf(fresh, warmUp, ({ states }, place) => states[place]);
  return distances.map((distance) => {
    const tokenAt = ({ ids }: StateSequence, place: number) => ids[place - distance];
    const tokens = rowsOf(fitted, warmUp, tokenAt);
    const freshTokens = rowsOf(fresh, warmUp, tokenAt);
    const probe = fitLinearProbe(
      features,
      tokens.map((token) =>
        Uint8Array.from({ length: vocabularySize }, (_, id) => +(id === token))
      ),
    );
    const hits = freshFeatures.filter((row, index) =>
      indexOfGreatest(probe.predict(row)) === freshTokens[index]
    );
    const counts = new Int32Array(vocabularySize);
    for (const token of freshTokens) counts[token]++;
    return {
      distance,
      accuracy: hits.length / freshTokens.length,
      majority: Math.max(...counts) / freshTokens.length,
    };
  });
}

function rowsOf<T>(
  sequences: readonly StateSequence[],
  warmUp: number,
  at: (sequence: StateSequence, place: number) => T,
): T[] {
  return sequences.flatMap((sequence) =>
    sequence.states.slice(warmUp).map((_, index) => at(sequence, warmUp + index))
  );
}

/** The first place of the greatest value. */
export function indexOfGreatest(values: ArrayLike<number>): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) {
    if (values[index] > values[best]) best = index;
  }
  return best;
}
