import { assertEquals, assertThrows } from "@std/assert";
import { medianBar } from "lib/figures/median_bar.ts";

Deno.test("medianBar() takes the middle of odd, the mean of the middle two of even runs, and the range", () => {
  assertEquals(medianBar([3, 1, 2], { label: "a" }), {
    label: "a",
    series: undefined,
    value: 2,
    low: 1,
    high: 3,
  });
  assertEquals(medianBar([4, 1, 2, 3], { label: "b", series: "s" }).value, 2.5);
});

Deno.test("medianBar() refuses a bar of nothing", () => {
  assertThrows(() => medianBar([], { label: "a" }), RangeError, '"a"');
});
