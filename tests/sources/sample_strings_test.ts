import { assertAlmostEquals, assertEquals } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { reber } from "lib/sources/reber.ts";
import { joinStrings, sampleStrings } from "lib/sources/sample_strings.ts";

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
