import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { blockEntropies } from "lib/sources/block_entropies.ts";
import { hiddenMarkovModel, movesOfEmittingStates } from "lib/sources/hidden_markov_model.ts";

const transitions = [[0.8, 0.15, 0.05], [0.1, 0.7, 0.2], [0.25, 0.05, 0.7]];
const emissions = [[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.1, 0.6]];
const alphabet = ["a", "b", "c"];
const model = hiddenMarkovModel({
  name: "three weathers",
  alphabet,
  moves: movesOfEmittingStates(transitions, { emissions }),
});

/** Every hidden path enumerated: the joint probability of a prefix and the state it leads to. */
function pathsTo(prefix: number[], start: ArrayLike<number>): number[] {
  const ending = [0, 0, 0];
  const walk = (state: number, place: number, probability: number) => {
    if (place === prefix.length) {
      ending[state] += probability;
      return;
    }
    for (let next = 0; next < 3; next++) {
      walk(
        next,
        place + 1,
        probability * emissions[state][prefix[place]] * transitions[state][next],
      );
    }
  };
  for (let state = 0; state < 3; state++) walk(state, 0, start[state]);
  return ending;
}

Deno.test("hiddenMarkovModel() starts at the stationary distribution", () => {
  const start = model.initialState();
  for (let state = 0; state < 3; state++) {
    const after = transitions.reduce((sum, row, from) => sum + start[from] * row[state], 0);
    assertAlmostEquals(after, start[state], 1e-12);
  }
});

Deno.test("hiddenMarkovModel() filters and predicts as all hidden paths together do", () => {
  const start = model.initialState();
  for (const prefix of [[], [0], [2, 1], [0, 0, 2, 1, 1], [2, 2, 0, 1, 2, 0, 0]]) {
    const ending = pathsTo(prefix, start);
    const total = ending.reduce((sum, weight) => sum + weight, 0);
    const belief = model.predictiveState(prefix);
    const next = model.conditional(prefix);
    for (let i = 0; i < 3; i++) {
      assertAlmostEquals(belief[i], ending[i] / total, 1e-12);
      const longer = pathsTo([...prefix, i], start).reduce((sum, weight) => sum + weight, 0);
      assertAlmostEquals(next[i], longer / total, 1e-12);
    }
  }
});

Deno.test("hiddenMarkovModel() brackets its entropy rate below every conditional entropy", () => {
  const { value, error } = model.entropyRateBits;
  const { conditionalBits } = blockEntropies(model, 8);
  assertEquals(error < 1e-3, true);
  assertEquals(conditionalBits[8] >= value - error, true);
  assertAlmostEquals(conditionalBits[8], value, 0.01);
  assertEquals(conditionalBits[1] - value > 0.01, true); // its memory is longer than one symbol
});

Deno.test("hiddenMarkovModel() brackets what is known exactly: a state seen through every symbol", () => {
  // Emissions that reveal the state make it an order-1 chain, though state and symbol leave the next state open.
  const seen = hiddenMarkovModel({
    name: "seen",
    alphabet,
    moves: movesOfEmittingStates(transitions, { emissions: [[1, 0, 0], [0, 1, 0], [0, 0, 1]] }),
  });
  const start = seen.initialState();
  const rate = transitions.reduce(
    (sum, row, state) => sum - start[state] * row.reduce((s, p) => s + p * Math.log2(p), 0),
    0,
  );
  assertAlmostEquals(seen.entropyRateBits.value, rate, 1e-9 + seen.entropyRateBits.error);
  assertEquals(seen.entropyRateBits.error < 1e-9, true);
});

Deno.test("hiddenMarkovModel() refuses moves that do not sum to 1 or lead nowhere", () => {
  const of = (probability: number, next: number) => () =>
    hiddenMarkovModel({ name: "x", alphabet, moves: [[{ symbol: 0, next, probability }]] });
  assertThrows(of(0.9, 0), RangeError, "the moves of state 0 must be 3 probabilities");
  assertThrows(of(1, 1), RangeError, "a move to state 1");
});

Deno.test("movesOfEmittingStates() emits before it moves", () => {
  const moves = movesOfEmittingStates([[0, 1], [1, 0]], { emissions: [[1, 0], [0.5, 0.5]] });
  assertEquals(moves[0], [{ symbol: 0, next: 1, probability: 1 }]);
  assertEquals(moves[1].map(({ symbol, next }) => [symbol, next]), [[0, 0], [1, 0]]);
});
