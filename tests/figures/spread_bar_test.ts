import { assertEquals, assertThrows } from "@std/assert";
import { spreadBar } from "lib/figures/spread_bar.ts";

Deno.test("spreadBar() stands at the median, its whiskers at the ends", () => {
  assertEquals(spreadBar("GRU", [3, 1, 2]), { label: "GRU", value: 2, low: 1, high: 3 });
  assertEquals(spreadBar("GRU", [4, 2], { series: "text" }), {
    label: "GRU",
    value: 3,
    low: 2,
    high: 4,
    series: "text",
  });
});

Deno.test("spreadBar() refuses a bar of nothing", () => {
  assertThrows(() => spreadBar("a", []), RangeError, '"a"');
});
