import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { plantedDependency } from "lib/sources/planted_dependency.ts";
import { enumerateStrings } from "./string_enumeration.ts";

Deno.test("plantedDependency() enumerated has its bits, its length and total probability 1", () => {
  const source = plantedDependency({ distance: 3, keys: 3, fillers: 2 });
  const { strings, mass, bits, meanLength } = enumerateStrings(source, 1e-9);
  assertEquals(strings.length, 3 * 2 ** 3);
  assertAlmostEquals(mass, 1, 1e-12);
  assertAlmostEquals(bits, source.stringBits.value, 1e-9);
  assertEquals(source.stringBits.value, Math.log2(3) + 3);
  assertAlmostEquals(meanLength, source.meanLength, 1e-12);
  assertEquals(strings.every(({ text }) => /^([ABC])[xy]{3}\?\1\.$/.test(text)), true);
});

Deno.test("plantedDependency() strings follow one another, with fresh keys", () => {
  const source = plantedDependency({ distance: 1 });
  const text = [...source.sample(500, randomStream(1, "text"))].map((id) => source.alphabet[id])
    .join("");
  assertEquals(/^([A-D][xyz]\?[A-D]\.)+$/.test(text), true);
  assertEquals(new Set(text.match(/[A-D](?=[xyz])/g)).size, 4);
});

Deno.test("plantedDependency() refuses what makes no sense", () => {
  assertThrows(() => plantedDependency({ distance: -1 }), RangeError, "distance -1");
  assertThrows(() => plantedDependency({ distance: 2, keys: 1 }), RangeError, "1 keys");
  assertThrows(() => plantedDependency({ distance: 2, fillers: 0 }), RangeError, "0 fillers");
});
