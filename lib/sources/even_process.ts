import { type BeliefState, hiddenMarkovModel } from "lib/sources/hidden_markov_model.ts";
import { requireProbability, type SequenceSource } from "lib/sources/sequence_source.ts";

/**
 * The even process: runs of 1s between 0s have even length. Two hidden states, unbounded memory.
 *
 * State "even" emits 0 with probability p and stays, or 1 and goes to "odd"; "odd" emits 1 and goes back. So
 * after a 0 and r ones P(0) is p for even r and 0 for odd r; after n ones with no 0 before them it is p / (2 - p) for
 * even n and p / 2 for odd n. The entropy rate is H(p) / (2 - p) bits, 2/3 for p = 1/2, and
 * no predictor that sees a fixed number of symbols reaches it (Weiss 1973; Crutchfield and Feldman 2003).
 *
 * @throws {RangeError} unless the probability is strictly between 0 and 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { evenProcess } from "lib/sources/even_process.ts";
 * assertEquals([...evenProcess().conditional([0, 1, 1, 1])], [0, 1]);
 * ```
 */
export function evenProcess(
  options: { zeroProbability?: number } = {},
): SequenceSource<BeliefState> {
  const { zeroProbability = 0.5 } = options;
  requireProbability(zeroProbability, "zeroProbability");
  return hiddenMarkovModel({
    name: "even process",
    alphabet: ["0", "1"],
    moves: [
      [
        { symbol: 0, next: 0, probability: zeroProbability },
        { symbol: 1, next: 1, probability: 1 - zeroProbability },
      ],
      [{ symbol: 1, next: 0, probability: 1 }],
    ],
  });
}
