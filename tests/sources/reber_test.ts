import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { reber, REBER_ALPHABET } from "lib/sources/reber.ts";
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
