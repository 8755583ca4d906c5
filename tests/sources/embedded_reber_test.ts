import { assertAlmostEquals, assertEquals } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { embeddedReber } from "lib/sources/embedded_reber.ts";
import { REBER_ALPHABET } from "lib/sources/reber.ts";
import { enumerateStrings } from "./string_enumeration.ts";

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
