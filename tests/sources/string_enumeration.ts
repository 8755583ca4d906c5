import type { StringSource } from "lib/sources/string_source.ts";

/** What enumerating all strings of a source down to a probability gives. */
export interface Enumeration {
  strings: { text: string; ids: number[]; probability: number }[];
  /** Total probability of the strings found: 1 but for those left out. */
  mass: number;
  bits: number;
  meanLength: number;
}

/** Every string of probability at least `minProbability`, by its exact conditionals. */
export function enumerateStrings<State>(
  source: StringSource<State>,
  minProbability: number,
): Enumeration {
  const found: Enumeration = { strings: [], mass: 0, bits: 0, meanLength: 0 };
  const visit = (state: State, ids: number[], probability: number) => {
    source.predict(state).forEach((share, symbol) => {
      const joint = probability * share;
      if (share === 0 || joint < minProbability) return;
      const next = source.advance(state, symbol);
      const longer = [...ids, symbol];
      if (!source.atBoundary(next)) return visit(next, longer, joint);
      const text = longer.map((id) => source.alphabet[id]).join("");
      found.strings.push({ text, ids: longer, probability: joint });
      found.mass += joint;
      found.bits -= joint * Math.log2(joint);
      found.meanLength += joint * longer.length;
    });
  };
  visit(source.initialState(), [], 1);
  return found;
}
