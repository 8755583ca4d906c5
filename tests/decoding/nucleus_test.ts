import { assertEquals, assertThrows } from "@std/assert";
import { nucleus } from "lib/decoding/nucleus.ts";

const scores = Float64Array.of(0.05, 0.5, 0.15, 0.3).map(Math.log);
const kept = (p: number) =>
  [...nucleus(p)(scores)].flatMap((score, id) => Number.isFinite(score) ? [id] : []);

Deno.test("nucleus() keeps the fewest likeliest tokens whose probabilities reach p", () => {
  assertEquals(kept(0.4), [1]);
  assertEquals(kept(0.79), [1, 3]);
  assertEquals(kept(0.9), [1, 2, 3]);
  assertEquals(kept(0.96), [0, 1, 2, 3]);
});

Deno.test("nucleus() keeps the likeliest token for the smallest p and every token for p = 1", () => {
  assertEquals(kept(1e-9), [1]);
  assertEquals(kept(1), [0, 1, 2, 3]);
});

Deno.test("nucleus() leaves the scores of what it keeps, and the given array, alone", () => {
  const given = Float64Array.from(scores);
  assertEquals(nucleus(0.4)(given)[1], scores[1]);
  assertEquals(given, scores);
});

Deno.test("nucleus() refuses a p outside (0, 1]", () => {
  assertThrows(() => nucleus(0), RangeError, "got 0");
  assertThrows(() => nucleus(1.1), RangeError, "1.1");
  assertThrows(() => nucleus(NaN), RangeError);
});
