import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  bifurcations,
  fixedPointCount,
  longestStep,
  measuredBifurcations,
  oneUnitDescent,
  oneUnitLoss,
} from "lib/probes/dynamics/one_unit_rnn.ts";

Deno.test("bifurcations() at w = 5 are the published ones, and counting fixed points finds them", () => {
  const { lower, upper } = bifurcations(5);
  assertAlmostEquals(lower, -2.655610, 1e-6);
  assertAlmostEquals(upper, -2.344390, 1e-6);
  const measured = measuredBifurcations(5);
  assertAlmostEquals(measured.lower, lower, 1e-6);
  assertAlmostEquals(measured.upper, upper, 1e-6);
  assertThrows(() => bifurcations(4), RangeError, "above 4");
});

Deno.test("fixedPointCount() is 3 between the bifurcations and 1 outside", () => {
  assertEquals([-3, -2.5, -2].map((b) => fixedPointCount({ w: 5, b })), [1, 3, 1]);
});

Deno.test("oneUnitLoss() has the gradient that finite differences say", () => {
  const at = { w: 3.5, b: -1.2 };
  const { gradient } = oneUnitLoss(at);
  const h = 1e-6;
  for (const name of ["w", "b"] as const) {
    const moved = (by: number) => oneUnitLoss({ ...at, [name]: at[name] + by }).loss;
    assertAlmostEquals(gradient[name], (moved(h) - moved(-h)) / (2 * h), 1e-6);
  }
});

Deno.test("oneUnitDescent() clipped never steps further than rate times threshold; unclipped it jumps", () => {
  const start = { w: 5, b: -2.2 };
  const held = oneUnitDescent(start, { learningRate: 0.01, updates: 300, maxGradientNorm: 1 });
  assert(longestStep(held) <= 0.01 + 1e-12);
  const free = oneUnitDescent(start, { learningRate: 0.01, updates: 300 });
  assert(longestStep(free) > 1);
  assertEquals(free.length, 301);
});
