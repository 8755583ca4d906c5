import { entropyBits, requireProbability } from "lib/sources/sequence_source.ts";
import { defineStringSource, type StringSource } from "lib/sources/string_source.ts";

/** What a predictor of a^n b^n must keep: how many b are due, and whether they have begun. */
export interface CountingState {
  phase: "a" | "b" | "end";
  /** Symbols a that no b has answered yet. */
  due: number;
}

/** Symbol ids of the counting language. */
const A = 0, END = 2;

/**
 * The counting language a^n b^n, n from 1 on, closed by a full stop; n is geometric, cut off at `maxCount`.
 *
 * After each a another a follows with probability p, unless n has reached `maxCount`. From the first b on
 * everything is determined, so a string costs H(n) bits: H(p) / (1 - p) without a cut. Its mean
 * length is 2 E[n] + 1. No finite automaton predicts it: the state is a counter (Gers and Schmidhuber 2001).
 *
 * @throws {RangeError} unless the probability is strictly between 0 and 1 and maxCount at least 1.
 */
export function countingLanguage(
  options: { continueProbability: number; maxCount?: number },
): StringSource<CountingState> {
  const { continueProbability, maxCount = Infinity } = options;
  requireProbability(continueProbability, "continueProbability");
  if (!(maxCount === Infinity || Number.isInteger(maxCount)) || maxCount < 1) {
    throw new RangeError(
      `Cannot define a^n b^n: maxCount must be a whole number of at least 1, got ${maxCount}.`,
    );
  }
  // P(a second a), P(a third), ... is a geometric series of maxCount - 1 terms; each choice has one such weight.
  const choices = (1 - continueProbability ** (maxCount - 1)) / (1 - continueProbability);
  const meanCount = 1 + continueProbability * choices;
  const rows = {
    a: Float64Array.of(1, 0, 0),
    b: Float64Array.of(0, 1, 0),
    end: Float64Array.of(0, 0, 1),
    choice: Float64Array.of(continueProbability, 1 - continueProbability, 0),
  };
  return defineStringSource<CountingState>({
    name: "a^n b^n",
    alphabet: ["a", "b", "."],
    stringBits: {
      value: choices * entropyBits([continueProbability, 1 - continueProbability]),
      error: 1e-12,
    },
    meanLength: 2 * meanCount + 1,
    initialState: () => ({ phase: "a", due: 0 }),
    atBoundary: ({ phase, due }) => phase === "a" && due === 0,
    advance({ due }, symbol) {
      if (symbol === A) return { phase: "a", due: due + 1 };
      if (symbol === END) return { phase: "a", due: 0 };
      return { phase: due === 1 ? "end" : "b", due: due - 1 };
    },
    predict({ phase, due }) {
      if (phase === "end") return rows.end;
      if (phase === "b" || due === maxCount) return rows.b;
      return due === 0 ? rows.a : rows.choice;
    },
  });
}
