import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import {
  type Arrow,
  embeddedReber,
  reber,
  REBER_ALPHABET,
  stringAutomaton,
} from "lib/sources/reber.ts";
import { enumerateStrings } from "./string_enumeration.ts";

const grammar = reber();

Deno.test("reber() has exactly 6 bits per string and mean length 8", () => {
  assertAlmostEquals(grammar.stringBits.value, 6, 1e-9);
  assertAlmostEquals(grammar.meanLength, 8, 1e-9);
  assertAlmostEquals(grammar.entropyRateBits.value, 0.75, 1e-9);
});

Deno.test("reber() enumerated down to 2^-26 gives the same, up to what is left out", () => {
  const { mass, bits, meanLength } = enumerateStrings(grammar, 2 ** -26);
  assertAlmostEquals(mass, 1, 1e-3);
  assertAlmostEquals(bits, 6, 0.03);
  assertAlmostEquals(meanLength, 8, 0.03);
});

// The published graph (Cleeremans et al. 1989, figure 1) as a regular expression, made by hand.
const GRAMMATICAL = /^B(TS*X(XT*VP)*(S|XT*VV)|PT*V(P(XT*VP)*(S|XT*VV)|V))E$/;

Deno.test("reber() writes just the strings of the published graph", () => {
  const written = enumerateStrings(grammar, 2 ** -8).strings.map(({ text }) => text);
  const grammatical: string[] = [];
  const extend = (inner: string) => {
    if (GRAMMATICAL.test(`B${inner}E`)) grammatical.push(`B${inner}E`);
    if (inner.length < 7) { for (const symbol of "TPSXV") extend(inner + symbol); }
  };
  extend("");
  assertEquals(written.filter((text) => text.length <= 9).sort(), grammatical.sort());
  assertEquals(written.every((text) => GRAMMATICAL.test(text)), true);
});

Deno.test("reber() halves the probability at every choice of its shortest strings", () => {
  const shortest = enumerateStrings(grammar, 1 / 16).strings
    .map(({ text, probability }) => `${text} 1/${1 / probability}`).sort();
  assertEquals(shortest, ["BPTVVE 1/16", "BPVPSE 1/16", "BPVVE 1/8", "BTSXSE 1/16", "BTXSE 1/8"]);
});

Deno.test("reber() refuses a string that is not grammatical", () => {
  const ids = [..."BTXV"].map((symbol) => REBER_ALPHABET.indexOf(symbol));
  assertThrows(() => grammar.conditional(ids), RangeError, "symbol V at place 3");
});

Deno.test("reber() samples strings of mean length 8", () => {
  const random = randomStream(1, "reber");
  let total = 0;
  for (let i = 0; i < 20_000; i++) total += grammar.sampleString(random).length;
  assertAlmostEquals(total / 20_000, 8, 0.1);
});

const idsOf = (text: string) => [...text].map((symbol) => REBER_ALPHABET.indexOf(symbol));

Deno.test("embeddedReber() has exactly 7 bits per string and mean length 12", () => {
  const source = embeddedReber();
  assertAlmostEquals(source.stringBits.value, 7, 1e-9);
  assertAlmostEquals(source.meanLength, 12, 1e-9);
});

Deno.test("embeddedReber() costs 8 bits without memory of the second symbol", () => {
  const forgetful = embeddedReber({ remembered: false });
  assertAlmostEquals(forgetful.stringBits.value, 8, 1e-9);
  // As a predictor of the true strings: cross-entropy over all of them.
  const { strings, mass } = enumerateStrings(embeddedReber(), 2 ** -18);
  let extraBits = 0;
  for (const { ids, probability } of strings) {
    let cost = 0;
    const rows = forgetful.conditionals(ids);
    ids.forEach((id, place) => cost -= Math.log2(rows[7 * place + id]));
    extraBits += probability * (cost + Math.log2(probability));
  }
  assertAlmostEquals(extraBits / mass, 1, 1e-9); // 1 bit in each string, all at one position
});

Deno.test("embeddedReber() asks for the second symbol again before the end", () => {
  assertEquals([...embeddedReber().conditional(idsOf("BTBPVVE"))], [0, 1, 0, 0, 0, 0, 0]);
  assertEquals([...embeddedReber().conditional(idsOf("BPBPVVE"))], [0, 0, 1, 0, 0, 0, 0]);
  const forgetful = embeddedReber({ remembered: false });
  assertEquals([...forgetful.conditional(idsOf("BPBPVVE"))], [0, 0.5, 0.5, 0, 0, 0, 0]);
});

Deno.test("embeddedReber() samples strings that begin and end as they should", () => {
  const random = randomStream(1, "embedded");
  const source = embeddedReber();
  let total = 0;
  for (let i = 0; i < 5_000; i++) {
    const ids = source.sampleString(random);
    assertEquals(ids[1], ids.at(-2));
    total += ids.length;
  }
  assertAlmostEquals(total / 5_000, 12, 0.2);
});

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
