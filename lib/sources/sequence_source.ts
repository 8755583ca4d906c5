import { drawIndex } from "lib/random/draw_index.ts";
import type { Random } from "lib/random/random_stream.ts";

/** A number known up to an error: the truth lies within `error` of `value`. */
export interface BoundedValue {
  value: number;
  error: number;
}

/**
 * A source of symbols whose conditional distributions are known exactly.
 *
 * Its state is all that a perfect predictor needs to keep of a prefix. States are never changed in
 * place. Symbols are ids: places in the alphabet.
 */
// deno-lint-ignore no-explicit-any -- a state is opaque to all but the source that made it
export interface SequenceSource<State = any> extends SourceDefinition<State> {
  /** Symbols drawn one after the other from the initial state. */
  sample(length: number, random: Random): Int32Array;
  /** P(next symbol | prefix), [alphabet.length]. @throws {RangeError} if the prefix is impossible. */
  conditional(prefix: ArrayLike<number>): Float64Array;
  /** `conditional` of every proper prefix: row t is given ids[0] to ids[t - 1]. [ids.length, alphabet.length] */
  conditionals(ids: ArrayLike<number>): Float64Array;
  /** The state after a prefix. @throws {RangeError} if the prefix is impossible. */
  predictiveState(prefix: ArrayLike<number>): State;
}

/** What sets one source apart from another; the rest of `SequenceSource` follows from it. */
export interface SourceDefinition<State> {
  readonly name: string;
  readonly alphabet: readonly string[];
  /** Bits per symbol that no predictor can go below in the long run. */
  readonly entropyRateBits: BoundedValue;
  /** The state before any symbol. */
  initialState(): State;
  /** The state once one more symbol is read. Called only with symbols that `predict` allows. */
  advance(state: State, symbol: number): State;
  /** P(next symbol | state), [alphabet.length]; not to be changed. */
  predict(state: State): Float64Array;
}

/**
 * A whole source from its predictor: sampling, exact conditionals and states.
 *
 * @throws {RangeError} if the alphabet is empty or holds a symbol twice.
 */
export function defineSource<State>(definition: SourceDefinition<State>): SequenceSource<State> {
  const { name, alphabet, initialState, advance, predict } = definition;
  if (alphabet.length === 0 || new Set(alphabet).size < alphabet.length) {
    throw new RangeError(
      `Cannot define ${name}: its alphabet must hold different symbols, got ${alphabet.join(" ")}.`,
    );
  }
  const read = (prefix: ArrayLike<number>, before?: (state: State, place: number) => void) => {
    let state = initialState();
    for (let place = 0; place < prefix.length; place++) {
      before?.(state, place);
      if (!(predict(state)[prefix[place]] > 0)) {
        throw new RangeError(
          `Cannot predict ${name}: symbol ${alphabet[prefix[place]] ?? prefix[place]} at place ` +
            `${place} has probability 0 there.`,
        );
      }
      state = advance(state, prefix[place]);
    }
    return state;
  };
  return {
    ...definition,
    predictiveState: (prefix) => read(prefix),
    conditional: (prefix) => predict(read(prefix)),
    conditionals(ids) {
      const rows = new Float64Array(ids.length * alphabet.length);
      read(ids, (state, place) => rows.set(predict(state), place * alphabet.length));
      return rows;
    },
    sample(length, random) {
      let state = initialState();
      return Int32Array.from({ length }, () => {
        const symbol = drawIndex(predict(state), random);
        state = advance(state, symbol);
        return symbol;
      });
    },
  };
}

/** Entropy of a distribution in bits; 0 log 0 is 0. */
export function entropyBits(probabilities: ArrayLike<number>): number {
  let bits = 0;
  for (let index = 0; index < probabilities.length; index++) {
    if (probabilities[index] > 0) bits -= probabilities[index] * Math.log2(probabilities[index]);
  }
  return bits;
}

/**
 * A distribution over `size` symbols as given, checked.
 *
 * @param what names it in the error.
 * @throws {RangeError} if it has another length, a negative entry, or does not sum to 1 within 1e-9.
 */
export function requireDistribution(
  probabilities: ArrayLike<number>,
  expected: { size: number; what: string },
): Float64Array {
  const values = Float64Array.from(probabilities);
  const sum = values.reduce((total, value) => total + value, 0);
  const valid = values.length === expected.size && values.every((value) => value >= 0);
  if (!valid || !(Math.abs(sum - 1) < 1e-9)) {
    throw new RangeError(
      `Cannot define a source: ${expected.what} must be ${expected.size} probabilities ` +
        `that sum to 1, got ${[...values].join(" ")}.`,
    );
  }
  return values;
}

/** @throws {RangeError} naming the setting, unless its value lies strictly between 0 and 1. */
export function requireProbability(value: number, setting: string): void {
  if (!(value > 0 && value < 1)) {
    throw new RangeError(
      `Cannot define a source: ${setting} must lie strictly between 0 and 1, got ${value}.`,
    );
  }
}
