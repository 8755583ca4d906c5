import type { LanguageModel } from "lib/models/language_model.ts";
import type { StateSequence } from "lib/probes/state/hidden_states.ts";
import { fitLinearProbe } from "lib/probes/state/linear_probe.ts";

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
  const stateAt = ({ states }: StateSequence, place: number) => states[place];
  const tokensAt = ({ ids }: StateSequence, place: number) =>
    distances.map((distance) => ids[place - distance]);
  // One fit serves all distances: least squares fits each column of targets by itself.
  const targets = rowsOf(fitted, warmUp, tokensAt).map((tokens) => {
    const row = new Uint8Array(distances.length * vocabularySize);
    tokens.forEach((token, index) => row[index * vocabularySize + token] = 1);
    return row;
  });
  const probe = fitLinearProbe(rowsOf(fitted, warmUp, stateAt), targets);
  const freshTokens = rowsOf(fresh, warmUp, tokensAt);
  const guesses = rowsOf(fresh, warmUp, stateAt).map((state) => {
    const scores = probe.predict(state);
    return distances.map((_, index) =>
      indexOfGreatest(scores.subarray(index * vocabularySize, (index + 1) * vocabularySize))
    );
  });
  return distances.map((distance, index) => {
    const counts = new Int32Array(vocabularySize);
    for (const tokens of freshTokens) counts[tokens[index]]++;
    const hits = guesses.filter((guess, row) => guess[index] === freshTokens[row][index]);
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

/**
 * Share of sequences whose token at one place a model names as the likeliest, having read all before it.
 *
 * @throws {RangeError} if there is no sequence, or one has no token at that place with another before it.
 */
export async function recallAccuracy(
  model: LanguageModel,
  sequences: readonly Int32Array[],
  { place }: { place: number },
): Promise<number> {
  if (sequences.length === 0 || place < 1 || sequences.some((ids) => ids.length <= place)) {
    throw new RangeError(
      `Cannot measure recall at place ${place} of ${sequences.length} sequences: some are too short.`,
    );
  }
  const { size } = model.vocabulary;
  let state = model.initialState(sequences.length);
  let logits: Float32Array = new Float32Array(0);
  for (let time = 0; time < place; time++) {
    ({ logits, state } = await model.step(state, sequences.map((ids) => ids[time])));
  }
  const hits = sequences.filter((ids, row) =>
    indexOfGreatest(logits.subarray(row * size, (row + 1) * size)) === ids[place]
  );
  return hits.length / sequences.length;
}
