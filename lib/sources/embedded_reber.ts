import { REBER_ALPHABET, reberStates } from "lib/sources/reber.ts";
import { type Arrow, stringAutomaton } from "lib/sources/string_automaton.ts";
import type { StringSource } from "lib/sources/string_source.ts";

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
