import { assertAlmostEquals, assertEquals } from "@std/assert";
import { bisect } from "lib/probes/bisection.ts";

Deno.test("bisect() finds where a condition ceases to hold, upwards and downwards", () => {
  const root = bisect((x) => x * x < 2, { from: 0, to: 2, rounds: 50 });
  assertAlmostEquals(root, Math.SQRT2, 1e-12);
  const downwards = bisect((x) => x * x > 2, { from: 2, to: 0, rounds: 50 });
  assertAlmostEquals(downwards, Math.SQRT2, 1e-12);
});

Deno.test("bisect() gives the middle of the interval left after its rounds", () => {
  assertEquals(bisect((x) => x < 5, { from: 0, to: 8, rounds: 0 }), 4);
  assertEquals(bisect((x) => x < 5, { from: 0, to: 8, rounds: 2 }), 5);
});
