import { drawIndex } from "lib/random/draw_index.ts";
import type { Random } from "lib/random/random_stream.ts";
import {
  type BoundedValue,
  defineSource,
  type SequenceSource,
  type SourceDefinition,
} from "lib/sources/sequence_source.ts";

/**
 * A source of finite strings, drawn independently: as a sequence source, one string after the other.
 */
// deno-lint-ignore no-explicit-any -- a state is opaque to all but the source that made it
export interface StringSource<State = any> extends SequenceSource<State> {
  /** Entropy of one string: the fewest bits a predictor can spend on it, on average. */
  readonly stringBits: BoundedValue;
  /** Expected number of symbols of one string. */
  readonly meanLength: number;
  /** Whether a state lies between two strings. */
  atBoundary(state: State): boolean;
  /** One string, its last symbol included. */
  sampleString(random: Random): Int32Array;
}

/** What sets one string source apart from another. */
export interface StringSourceDefinition<State>
  extends Omit<SourceDefinition<State>, "entropyRateBits"> {
  readonly stringBits: BoundedValue;
  readonly meanLength: number;
  atBoundary(state: State): boolean;
}

/**
 * A whole string source from its predictor, whose initial state lies at the start of a string.
 *
 * Strings follow one another without a gap, so the entropy rate is stringBits / meanLength.
 */
export function defineStringSource<State>(
  definition: StringSourceDefinition<State>,
): StringSource<State> {
  const { stringBits, meanLength, initialState, advance, predict, atBoundary } = definition;
  const entropyRateBits = {
    value: stringBits.value / meanLength,
    error: stringBits.error / meanLength,
  };
  return {
    ...definition,
    ...defineSource({ ...definition, entropyRateBits }),
    sampleString(random) {
      const symbols: number[] = [];
      let state = initialState();
      do {
        const symbol = drawIndex(predict(state), random);
        state = advance(state, symbol);
        symbols.push(symbol);
      } while (!atBoundary(state));
      return Int32Array.from(symbols);
    },
  };
}

/**
 * Strings drawn independently from a string source, each with its last symbol.
 *
 * @param options.startId a token put before each string, so that its first symbol is predicted too. The id of
 * the closing symbol makes a string begin as it does in a stream: after the end of another.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "lib/random/random_stream.ts";
 * import { reber } from "lib/sources/reber.ts";
 * import { sampleStrings } from "lib/sources/string_source.ts";
 * const [first] = sampleStrings(reber(), { count: 1, random: randomStream(1, "strings") });
 * assertEquals([first[0], first.at(-1)], [0, 6]); // B ... E
 * ```
 */
export function sampleStrings(
  source: StringSource,
  { count, random, startId }: { count: number; random: Random; startId?: number },
): Int32Array[] {
  return Array.from({ length: count }, () => {
    const string = source.sampleString(random);
    return startId === undefined ? string : Int32Array.from([startId, ...string]);
  });
}

/** All symbols of the strings, one after the other: what n-grams are counted on. */
export function joinStrings(strings: readonly Int32Array[]): Int32Array {
  const joined = new Int32Array(strings.reduce((length, string) => length + string.length, 0));
  let place = 0;
  for (const string of strings) {
    joined.set(string, place);
    place += string.length;
  }
  return joined;
}
