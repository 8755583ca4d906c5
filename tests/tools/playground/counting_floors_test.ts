import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { countingFloors } from "tools/playground/counting_floors.ts";

const vocabulary = createVocabulary(["a", "b"]);
const alternating = (length: number) => Int32Array.from({ length }, (_, place) => place % 2);

Deno.test("countingFloors() puts the best n-gram of a regular text far below equal chances", () => {
  const floors = countingFloors(alternating(400), { validation: alternating(40), vocabulary });
  assertEquals(floors.map(({ name }) => name.replace(/\d+$/, "")), [
    "ln V, V = ",
    "unigram",
    "best n-gram, order ",
  ]);
  assertAlmostEquals(floors[0].lossNats, Math.LN2, 1e-12);
  assertAlmostEquals(floors[1].lossNats, Math.LN2, 0.01);
  assert(floors[2].lossNats < 0.05);
});

Deno.test("countingFloors() does not count a text that would keep the visitor waiting", () => {
  const floors = countingFloors(alternating(300_001), { validation: alternating(4), vocabulary });
  assertEquals(floors.map(({ name }) => name), ["ln V, V = 2"]);
});
