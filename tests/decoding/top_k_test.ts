import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { rankedIds, topK } from "lib/decoding/top_k.ts";

const scores = Float64Array.of(0.1, 0.4, 0.2, 0.3).map(Math.log);

Deno.test("topK() keeps the k likeliest with their scores and gives the others no chance", () => {
  assertEquals([...topK(2)(scores)], [-Infinity, scores[1], -Infinity, scores[3]]);
});

Deno.test("topK() of 1 keeps the first of the likeliest", () => {
  assertEquals([...topK(1)(Float64Array.of(0.5, 0.7, 0.7))], [-Infinity, 0.7, -Infinity]);
});

Deno.test("topK() of the vocabulary's size or more keeps all and leaves the given scores alone", () => {
  const given = Float64Array.from(scores);
  assertEquals(topK(4)(given), scores);
  topK(1)(given);
  assertEquals(given, scores);
});

Deno.test("topK() keeps exactly min(k, V) tokens, none less likely than one left out", () => {
  const real = fc.double({ min: -20, max: 0, noNaN: true });
  fc.assert(fc.property(
    fc.array(real, { minLength: 1, maxLength: 12 }),
    fc.integer({ min: 1, max: 15 }),
    (values, k) => {
      const kept = [...topK(k)(Float64Array.from(values))];
      const inside = values.filter((_, id) => Number.isFinite(kept[id]));
      const outside = values.filter((_, id) => !Number.isFinite(kept[id]));
      assertEquals(inside.length, Math.min(k, values.length));
      if (outside.length) assertEquals(Math.min(...inside) >= Math.max(...outside), true);
    },
  ));
});

Deno.test("topK() refuses a k that is no whole number of at least 1", () => {
  assertThrows(() => topK(0), RangeError, "k must be");
  assertThrows(() => topK(1.5), RangeError, "1.5");
});

Deno.test("rankedIds() goes from the likeliest down, the first of equal ones first", () => {
  assertEquals(rankedIds([0.2, 0.5, 0.2, 0.1]), [1, 0, 2, 3]);
});
