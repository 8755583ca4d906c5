import { Matrix, solve } from "ml-matrix";
import { entropyBits, requireDistribution } from "lib/sources/sequence_source.ts";
import { defineStringSource, type StringSource } from "lib/sources/string_source.ts";

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
