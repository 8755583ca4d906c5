import { assertEquals, assertThrows } from "@std/assert";
import { above, below, between, within } from "lib/lecture/condition.ts";

Deno.test("above() and below() leave the limit out", () => {
  assertEquals([0.9, 1, 1.1].map(above(1).holds), [false, false, true]);
  assertEquals([0.9, 1, 1.1].map(below(1).holds), [true, false, false]);
});

Deno.test("between() includes both ends", () => {
  assertEquals([6.99, 7, 7.7, 7.71].map(between(7, 7.7).holds), [false, true, true, false]);
  assertThrows(() => between(2, 1), RangeError, "2 is above 1");
});

Deno.test("within() includes the tolerance; a tolerance of 0 asks for the very value", () => {
  assertEquals([0.75, 1, 1.25, 1.26].map(within(1, 0.25).holds), [true, true, true, false]);
  assertEquals([0.3, 0.1 + 0.2].map(within(0.3, 0).holds), [true, false]);
  assertThrows(() => within(1, -1), RangeError, "tolerance is -1");
});

Deno.test("within() of infinity is met by infinity alone", () => {
  assertEquals([Infinity, 1e308, -Infinity].map(within(Infinity, 0).holds), [true, false, false]);
});

Deno.test("no condition holds of NaN, and none has NaN for a limit", () => {
  for (const one of [above(0), below(0), between(-1, 1), within(0, 1)]) {
    assertEquals(one.holds(NaN), false, one.text);
  }
  assertThrows(() => above(NaN), RangeError, "not a number");
});

Deno.test("conditions read as words", () => {
  assertEquals(
    [above(1), below(-0.5), between(7, 7.7), within(Math.log(28), 1e-5), within(12, 0)]
      .map(({ text }) => text),
    ["above 1", "below −0.5", "from 7 to 7.7", "within 10⁻⁵ of 3.3322", "exactly 12"],
  );
});
