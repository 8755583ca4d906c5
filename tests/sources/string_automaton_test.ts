import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Arrow, stringAutomaton } from "lib/sources/string_automaton.ts";

const arrow = (symbol: string, next: number | null, probability = 1): Arrow => ({
  symbol,
  next,
  probability,
});

Deno.test("stringAutomaton() of a coin until tails has 2 bits and mean length 2", () => {
  const coin = stringAutomaton({
    name: "until tails",
    alphabet: ["h", "t"],
    states: [[arrow("h", 1, 0.5), arrow("t", null, 0.5)], [
      arrow("h", 1, 0.5),
      arrow("t", null, 0.5),
    ]],
  });
  assertAlmostEquals(coin.stringBits.value, 2, 1e-12);
  assertAlmostEquals(coin.meanLength, 2, 1e-12);
  assertAlmostEquals(coin.entropyRateBits.value, 1, 1e-12);
  assertEquals([...coin.sampleString(() => 0.7)], [1]);
  assertEquals(coin.predictiveState([0, 0, 1]), 0);
});

Deno.test("stringAutomaton() refuses arrows it cannot follow", () => {
  const of = (...states: Arrow[][]) => () =>
    stringAutomaton({ name: "x", alphabet: ["a", "b"], states });
  assertThrows(of([arrow("c", null)]), RangeError, "an unknown symbol");
  assertThrows(of([arrow("a", null, 0.5), arrow("a", null, 0.5)]), RangeError, "a second arrow a");
  assertThrows(of([arrow("a", 3)]), RangeError, "the missing state 3");
  assertThrows(of([arrow("a", null, 0.9)]), RangeError, "state 0 must be 2 probabilities");
  assertThrows(of([arrow("a", 0, 0.5), arrow("b", null, 0.5)]), RangeError, "back to the start");
});
