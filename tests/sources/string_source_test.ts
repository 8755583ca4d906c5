import { assertAlmostEquals, assertEquals } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { reber } from "lib/sources/reber.ts";
import { defineStringSource, joinStrings, sampleStrings } from "lib/sources/string_source.ts";

/** x, then . with probability 1/2 or y and x again: lengths 2, 4, 6 ... with 1/2, 1/4, 1/8. */
const source = defineStringSource<number>({
  name: "x(yx)*.",
  alphabet: ["x", "y", "."],
  stringBits: { value: 2, error: 0.5 },
  meanLength: 4,
  initialState: () => 0,
  atBoundary: (state) => state === 0,
  advance: (_, symbol) => symbol === 0 ? 1 : symbol === 1 ? 2 : 0,
  predict: (state) => state === 1 ? Float64Array.of(0, 0.5, 0.5) : Float64Array.of(1, 0, 0),
});

Deno.test("defineStringSource() spreads the bits of a string over its symbols", () => {
  assertEquals(source.entropyRateBits, { value: 0.5, error: 0.125 });
});

Deno.test("defineStringSource() samples whole strings of the right lengths", () => {
  const random = randomStream(1, "strings");
  const lengths = Array.from({ length: 20_000 }, () => {
    const ids = source.sampleString(random);
    assertEquals(ids.at(-1), 2);
    assertEquals(ids.indexOf(2), ids.length - 1);
    return ids.length;
  });
  assertAlmostEquals(lengths.filter((length) => length === 2).length / 20_000, 0.5, 0.012);
  assertAlmostEquals(lengths.reduce((sum, length) => sum + length, 0) / 20_000, 4, 0.08);
});

Deno.test("defineStringSource() lets strings follow one another as a sequence", () => {
  assertEquals([...source.conditional([0, 2])], [1, 0, 0]);
  assertEquals([...source.sample(5, () => 0.9)], [0, 2, 0, 2, 0]);
});

Deno.test("sampleStrings() draws whole strings of the source's mean length", () => {
  const strings = sampleStrings(reber(), { count: 4000, random: randomStream(1, "strings") });
  assertEquals(strings.length, 4000);
  assertEquals(strings.every((string) => string[0] === 0 && string.at(-1) === 6), true);
  const mean = strings.reduce((sum, { length }) => sum + length, 0) / strings.length;
  assertAlmostEquals(mean, 8, 0.2);
});

Deno.test("sampleStrings() puts the start token before the same strings", () => {
  const plain = sampleStrings(reber(), { count: 3, random: randomStream(2, "strings") });
  const opened = sampleStrings(reber(), {
    count: 3,
    random: randomStream(2, "strings"),
    startId: 6,
  });
  assertEquals(opened.map((string) => [...string]), plain.map((string) => [6, ...string]));
});

Deno.test("joinStrings() keeps every symbol in order", () => {
  assertEquals([...joinStrings([Int32Array.of(1, 2), Int32Array.of(), Int32Array.of(3)])], [
    1,
    2,
    3,
  ]);
  assertEquals(joinStrings([]).length, 0);
});
