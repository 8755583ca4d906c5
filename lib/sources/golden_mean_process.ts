import { type BeliefState, hiddenMarkovModel } from "lib/sources/hidden_markov_model.ts";
import { requireProbability, type SequenceSource } from "lib/sources/sequence_source.ts";

/**
 * The golden-mean process: no two 0s in a row. The counterpart of the even process with a memory of one symbol.
 *
 * After a 1 comes 0 with probability p, after a 0 always 1; at the start P(0) = p / (1 + p). It is a
 * Markov chain of order 1 with entropy rate H(p) / (1 + p) bits, 2/3 for p = 1/2: the same as the even process.
 *
 * @throws {RangeError} unless the probability is strictly between 0 and 1.
 */
export function goldenMeanProcess(
  options: { zeroProbability?: number } = {},
): SequenceSource<BeliefState> {
  const { zeroProbability = 0.5 } = options;
  requireProbability(zeroProbability, "zeroProbability");
  return hiddenMarkovModel({
    name: "golden-mean process",
    alphabet: ["0", "1"],
    moves: [
      [
        { symbol: 1, next: 0, probability: 1 - zeroProbability },
        { symbol: 0, next: 1, probability: zeroProbability },
      ],
      [{ symbol: 1, next: 0, probability: 1 }],
    ],
  });
}
