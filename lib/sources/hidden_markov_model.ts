import {
  type BoundedValue,
  defineSource,
  entropyBits,
  requireDistribution,
  type SequenceSource,
} from "lib/sources/sequence_source.ts";
import { stationaryDistribution } from "lib/sources/stationary_distribution.ts";

/** P(hidden state | prefix): what the perfect predictor of a hidden Markov model must keep. */
export type BeliefState = Float64Array;

/** A hidden Markov model in its general form: a symbol with every move. */
export interface HiddenMarkovModelOptions {
  name: string;
  alphabet: readonly string[];
  /** `moves[i]` lists what state i may do; probabilities sum to 1. */
  moves: readonly (readonly HiddenMove[])[];
}

/** From the state it is listed under: emit the symbol and go to `next`. */
export interface HiddenMove {
  symbol: number;
  next: number;
  probability: number;
}

/**
 * A stationary hidden Markov model, with the exact forward filter as its predictor.
 *
 * The belief b(i) = P(state i | prefix) starts at the stationary distribution; P(x | prefix) = sum over i, j of
 * b(i) T_x(i, j), and after symbol x the belief is b T_x / P(x | prefix) (Rabiner 1989, equations 19 to 21).
 *
 * The entropy rate is exact where state and symbol determine the next state: sum of pi(i) H(symbol | i).
 * Elsewhere it is bracketed: H(Xn | X1 ... Xn-1, S1) <= rate <= H(Xn | X1 ... Xn-1) (Cover and Thomas 2006,
 * theorem 4.5.1), for the longest n that takes at most 2e5 blocks.
 *
 * @throws {RangeError} if a state's probabilities do not sum to 1, or a move leads nowhere.
 */
export function hiddenMarkovModel(
  options: HiddenMarkovModelOptions,
): SequenceSource<BeliefState> {
  const { name, alphabet, moves } = options;
  const stateCount = moves.length;
  const emissions = moves.map((of, state) => {
    const row = new Float64Array(alphabet.length);
    for (const { symbol, next, probability } of of) {
      if (!(symbol in alphabet) || !(next in moves) || !(probability >= 0)) {
        throw new RangeError(
          `Cannot define ${name}: state ${state} has a move to state ${next} ` +
            `with symbol ${symbol} and probability ${probability}.`,
        );
      }
      row[symbol] += probability;
    }
    return requireDistribution(row, { size: alphabet.length, what: `the moves of state ${state}` });
  });
  const stationary = stationaryDistribution(stateCount, (current, next) => {
    moves.forEach((of, state) => {
      for (const move of of) next[move.next] += current[state] * move.probability;
    });
  });
  const predict = (belief: BeliefState) => {
    const row = new Float64Array(alphabet.length);
    for (let state = 0; state < stateCount; state++) {
      if (belief[state] === 0) continue;
      for (let symbol = 0; symbol < row.length; symbol++) {
        row[symbol] += belief[state] * emissions[state][symbol];
      }
    }
    return row;
  };
  const advance = (belief: BeliefState, symbol: number) => {
    const next = new Float64Array(stateCount);
    let total = 0;
    for (let state = 0; state < stateCount; state++) {
      if (belief[state] === 0) continue;
      for (const move of moves[state]) {
        if (move.symbol !== symbol) continue;
        next[move.next] += belief[state] * move.probability;
        total += belief[state] * move.probability;
      }
    }
    return next.map((weight) => weight / total);
  };
  const start = stationary.probabilities;
  const entropyRateBits = isUnifilar(moves)
    ? {
      value: emissions.reduce((sum, row, state) => sum + start[state] * entropyBits(row), 0),
      error: stationary.error * Math.log2(alphabet.length) + 1e-14,
    }
    : bracket({ start, symbolCount: alphabet.length, predict, advance });
  return defineSource({
    name,
    alphabet,
    entropyRateBits,
    initialState: () => start.slice(),
    advance,
    predict,
  });
}

/**
 * The moves of a model in the textbook form: each state emits a symbol of its own distribution, then moves.
 *
 * @param transitions P(next state | state), [state][state].
 * @param options.emissions P(symbol | state), [state][symbol].
 */
export function movesOfEmittingStates(
  transitions: readonly ArrayLike<number>[],
  options: { emissions: readonly ArrayLike<number>[] },
): HiddenMove[][] {
  return transitions.map((row, state) => {
    const emission = Array.from(options.emissions[state]);
    return emission.flatMap((share, symbol) =>
      Array.from(row, (move, next) => ({ symbol, next, probability: share * move }))
    ).filter(({ probability }) => probability !== 0);
  });
}

/** Whether state and symbol determine the next state, in every state. */
function isUnifilar(moves: HiddenMarkovModelOptions["moves"]): boolean {
  return moves.every((of) => {
    const possible = of.filter(({ probability }) => probability > 0);
    return possible.length === new Set(possible.map(({ symbol }) => symbol)).size;
  });
}

function bracket(model: {
  start: Float64Array;
  symbolCount: number;
  predict: (belief: BeliefState) => Float64Array;
  advance: (belief: BeliefState, symbol: number) => BeliefState;
}): BoundedValue {
  const { start, symbolCount, predict, advance } = model;
  const length = Math.floor(Math.log(2e5 / (start.length + 1)) / Math.log(symbolCount));
  const bitsAfter = (belief: BeliefState, left: number): number => {
    const next = predict(belief);
    if (left === 0) return entropyBits(next);
    let bits = 0;
    next.forEach((share, symbol) => {
      if (share > 0) bits += share * bitsAfter(advance(belief, symbol), left - 1);
    });
    return bits;
  };
  const upper = bitsAfter(start, length);
  let lower = 0;
  start.forEach((share, state) => {
    const known = new Float64Array(start.length);
    known[state] = 1;
    if (share > 0) lower += share * bitsAfter(known, length);
  });
  return { value: (lower + upper) / 2, error: (upper - lower) / 2 + 1e-12 };
}
