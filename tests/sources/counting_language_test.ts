import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { countingLanguage } from "lib/sources/counting_language.ts";
import { enumerateStrings } from "./string_enumeration.ts";

Deno.test("countingLanguage() cut at 6 is what enumeration of its 6 strings gives", () => {
  const source = countingLanguage({ continueProbability: 0.7, maxCount: 6 });
  const { strings, mass, bits, meanLength } = enumerateStrings(source, 0);
  assertEquals(
    strings.map(({ text }) => text),
    [6, 5, 4, 3, 2, 1].map((n) => "a".repeat(n) + "b".repeat(n) + "."),
  );
  strings.forEach(({ probability }, place) => {
    const n = 6 - place;
    assertAlmostEquals(probability, 0.7 ** (n - 1) * (n === 6 ? 1 : 0.3), 1e-12);
  });
  assertAlmostEquals(mass, 1, 1e-12);
  assertAlmostEquals(source.stringBits.value, bits, 1e-12);
  assertAlmostEquals(source.meanLength, meanLength, 1e-12);
});

Deno.test("countingLanguage() without a cut has H(p) / (1 - p) bits", () => {
  const source = countingLanguage({ continueProbability: 0.5 });
  assertAlmostEquals(source.stringBits.value, 2, 1e-12);
  assertAlmostEquals(source.meanLength, 5, 1e-12);
  assertAlmostEquals(enumerateStrings(source, 1e-9).bits, 2, 1e-6);
});

Deno.test("countingLanguage() keeps count, and starts anew after the end", () => {
  const source = countingLanguage({ continueProbability: 0.5 });
  assertEquals(source.predictiveState([0, 0, 0, 1]), { phase: "b", due: 2 });
  assertEquals([...source.conditional([0, 0, 0, 1])], [0, 1, 0]);
  assertEquals([...source.conditional([0, 0, 1, 1])], [0, 0, 1]);
  assertEquals([...source.conditional([0, 1, 2])], [1, 0, 0]);
  assertEquals([...source.conditional([0, 1, 2, 0])], [0.5, 0.5, 0]);
  assertThrows(() => source.conditional([0, 1, 1]), RangeError, "symbol b at place 2");
});

Deno.test("countingLanguage() refuses probabilities and counts that are none", () => {
  assertThrows(
    () => countingLanguage({ continueProbability: 1 }),
    RangeError,
    "continueProbability",
  );
  assertThrows(
    () => countingLanguage({ continueProbability: 0.5, maxCount: 1.5 }),
    RangeError,
    "got 1.5",
  );
});
