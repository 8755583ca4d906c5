import { Matrix, solve } from "ml-matrix";
import { entropyBits, requireDistribution } from "lib/sources/sequence_source.ts";
import { defineStringSource, type StringSource } from "lib/sources/string_source.ts";

/** The symbols of the Reber grammars: B begins, E ends. */
export const REBER_ALPHABET: readonly string[] = ["B", "T", "P", "S", "X", "V", "E"];

const evenly = (first: [string, number], second: [string, number]): Arrow[] =>
  [first, second].map(([symbol, next]) => ({ symbol, next, probability: 0.5 }));
const surely = (symbol: string, next: number | null): Arrow[] => [{ symbol, next, probability: 1 }];

/** The grammar's seven states, as a block that begins at `offset` and whose E leads to `end`. */
export function reberStates(offset: number, end: number | null): Arrow[][] {
  return [
    surely("B", offset + 1),
    evenly(["T", offset + 2], ["P", offset + 3]),
    evenly(["S", offset + 2], ["X", offset + 4]),
    evenly(["T", offset + 3], ["V", offset + 5]),
    evenly(["X", offset + 3], ["S", offset + 6]),
    evenly(["P", offset + 4], ["V", offset + 6]),
    surely("E", end),
  ];
}

/**
 * The Reber grammar (Reber 1967; Cleeremans, Servan-Schreiber and McClelland 1989), both arrows of a state equally likely.
 *
 * Mean length 8 symbols, B and E included; exactly 6 bits per string. Its predictor keeps one of 7 states.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { reber } from "lib/sources/reber.ts";
 * assertAlmostEquals(reber().stringBits.value, 6, 1e-9);
 * ```
 */
export function reber(): StringSource<number> {
  return stringAutomaton({
    name: "Reber grammar",
    alphabet: REBER_ALPHABET,
    states: reberStates(0, null),
  });
}

/**
 * The embedded Reber grammar: B, then T or P, a whole Reber string, the same T or P again, E.
 *
 * Mean length 12 symbols, exactly 7 bits per string. Its second and last but one symbols agree, over a distance that
 * varies: Hochreiter and Schmidhuber (1997), experiment 1. A predictor that forgets the second symbol spends
 * 8 bits, exactly 1 more, all of it at one position.
 *
 * @param options.remembered with false the last but one symbol is drawn anew: the source of that
 * forgetful predictor, with 8 bits per string. True unless told.
 */
export function embeddedReber(options: { remembered?: boolean } = {}): StringSource<number> {
  const { remembered = true } = options;
  const half = 0.5;
  const choice = (left: number, right: number): Arrow[] => [
    { symbol: "T", next: left, probability: half },
    { symbol: "P", next: right, probability: half },
  ];
  const closing = (symbol: string): Arrow[] => [{ symbol, next: 18, probability: 1 }];
  return stringAutomaton({
    name: remembered ? "embedded Reber grammar" : "embedded Reber grammar without its memory",
    alphabet: REBER_ALPHABET,
    states: [
      [{ symbol: "B", next: 1, probability: 1 }],
      choice(2, 9),
      ...reberStates(2, 16), // after T
      ...reberStates(9, 17), // after P
      remembered ? closing("T") : choice(18, 18),
      remembered ? closing("P") : choice(18, 18),
      [{ symbol: "E", next: null, probability: 1 }],
    ],
  });
}

/** One arrow of an automaton: the symbol it writes and the state it leads to, `null` at the string's end. */
export interface Arrow {
  symbol: string;
  next: number | null;
  probability: number;
}

/** A finite automaton that writes strings, from state 0 on. */
export interface StringAutomatonOptions {
  name: string;
  alphabet: readonly string[];
  /** The arrows that leave each state, of different symbols each. */
  states: readonly (readonly Arrow[])[];
}

/**
 * The string source of a finite automaton whose symbols determine its path.
 *
 * The predictor's state is the automaton's. Entropy and mean length of a string solve the
 * linear equations x(s) = cost(s) + sum of P(s -> t) x(t), x(end) = 0, with cost H(arrows of s) and 1.
 *
 * @throws {RangeError} if a state's arrows do not sum to 1, share a symbol, or lead nowhere.
 * An Error if some state never reaches the end.
 */
export function stringAutomaton(options: StringAutomatonOptions): StringSource<number> {
  const { name, alphabet, states } = options;
  const targets = states.map(() => new Map<number, number>());
  const rows = states.map((arrows, state) => {
    const row = new Float64Array(alphabet.length);
    for (const { symbol, next, probability } of arrows) {
      const id = alphabet.indexOf(symbol);
      if (id < 0 || targets[state].has(id) || !(next === null || next in states)) {
        throw new RangeError(
          `Cannot define ${name}: state ${state} has a second arrow ${symbol}, an unknown symbol, ` +
            `or an arrow to the missing state ${next}.`,
        );
      }
      targets[state].set(id, next ?? 0); // the next string begins at once
      row[id] = probability;
    }
    return requireDistribution(row, { size: alphabet.length, what: `state ${state}` });
  });
  const system = Matrix.eye(states.length);
  states.forEach((arrows, state) => {
    for (const { next, probability } of arrows) {
      if (next !== null) system.set(state, next, system.get(state, next) - probability);
    }
  });
  const costs = new Matrix(rows.map((row) => [entropyBits(row), 1]));
  const [value, meanLength] = solve(system, costs).getRow(0);
  if (states.some((arrows) => arrows.some(({ next }) => next === 0))) {
    throw new RangeError(`Cannot define ${name}: an arrow leads back to the start, state 0.`);
  }
  return defineStringSource({
    name,
    alphabet,
    stringBits: { value, error: 1e-12 * states.length },
    meanLength,
    initialState: () => 0,
    atBoundary: (state) => state === 0,
    advance: (state, symbol) => targets[state].get(symbol)!,
    predict: (state) => rows[state].slice(),
  });
}
