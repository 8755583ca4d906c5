import { type Arrow, stringAutomaton } from "lib/sources/string_automaton.ts";
import type { StringSource } from "lib/sources/string_source.ts";

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
