import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { blockEntropies } from "lib/sources/block_entropies.ts";
import { markovChain, randomMarkovChain } from "lib/sources/markov_chain.ts";

const alphabet = ["a", "b", "c"];

Deno.test("markovChain() of order 3 predicts what brute force over all beginnings gives", () => {
  const random = randomStream(1, "chain");
  const chain = randomMarkovChain({ alphabet, order: 3, concentration: 0.8, random });
  // Run the chain from "aaa" for 400 symbols over all contexts: the law of the next 4 symbols is stationary then.
  const contexts = Array.from(
    { length: 27 },
    (_, c) => [Math.floor(c / 9), Math.floor(c / 3) % 3, c % 3],
  );
  const row = contexts.map((context) => chain.conditional(context));
  let law = new Float64Array(27);
  law[0] = 1;
  for (let round = 0; round < 400; round++) {
    const next = new Float64Array(27);
    contexts.forEach(([, second, third], from) => {
      for (let symbol = 0; symbol < 3; symbol++) {
        next[9 * second + 3 * third + symbol] += law[from] * row[from][symbol];
      }
    });
    law = next;
  }
  const joint = (prefix: number[]) =>
    contexts.reduce(
      (sum, context, c) => prefix.every((id, place) => id === context[place]) ? sum + law[c] : sum,
      0,
    );
  for (const prefix of [[], [0], [1], [2], [0, 1], [2, 2], [1, 0]]) {
    const given = chain.conditional(prefix);
    for (let symbol = 0; symbol < 3; symbol++) {
      assertAlmostEquals(given[symbol], joint([...prefix, symbol]) / joint(prefix), 1e-10);
    }
  }
});

Deno.test("markovChain() forgets all but its last symbols, the oldest first", () => {
  const chain = markovChain({
    alphabet,
    order: 2,
    transition: ([older, newer]) => {
      const row = [0.1, 0.1, 0.1];
      row[(older + 2 * newer) % 3] = 0.8;
      return row;
    },
  });
  assertEquals(chain.predictiveState([0, 2, 1, 2]), [1, 2]);
  assertEquals([...chain.conditional([0, 2, 1, 2])], [0.1, 0.1, 0.8]);
  assertEquals([...chain.conditional([2, 2, 2, 1])], [0.1, 0.8, 0.1]);
});

Deno.test("markovChain() has the entropy rate that its block entropies reach at its order", () => {
  for (const order of [0, 1, 2, 4]) {
    const random = randomStream(2, `order ${order}`);
    const chain = randomMarkovChain({ alphabet, order, concentration: 0.5, random });
    const { conditionalBits } = blockEntropies(chain, order + 2);
    assertAlmostEquals(conditionalBits[order], chain.entropyRateBits.value, 1e-10);
    assertAlmostEquals(conditionalBits[order + 2], chain.entropyRateBits.value, 1e-10);
    if (order > 0) assertEquals(conditionalBits[order - 1] > conditionalBits[order] + 0.01, true);
  }
});

Deno.test("markovChain() of a periodic cycle costs log2 3 bits once and then nothing", () => {
  const cycle = markovChain({
    alphabet,
    order: 1,
    transition: ([last]) => [0, 1, 2].map((id) => id === (last + 1) % 3 ? 1 : 0),
  });
  assertAlmostEquals(cycle.entropyRateBits.value, 0, 1e-12);
  assertAlmostEquals(blockEntropies(cycle, 3).blockBits[4], Math.log2(3), 1e-12);
});

Deno.test("markovChain() refuses a row that is no distribution, and a million contexts", () => {
  assertThrows(
    () => markovChain({ alphabet, order: 1, transition: ([last]) => last === 1 ? [1] : [1, 0, 0] }),
    RangeError,
    "the row of context [b] must be 3 probabilities",
  );
  assertThrows(
    () => markovChain({ alphabet, order: 13, transition: () => [1, 0, 0] }),
    RangeError,
    "1594323 contexts",
  );
});
