import { assertEquals } from "@std/assert";
import { describeSeries, seriesRows } from "lib/figures/parts/series_description.ts";

const axes = {
  x: { label: "distance", unit: "steps" },
  y: { label: "norm", unit: null, scale: "exponent" as const },
};

Deno.test("describeSeries() gives ends, gaps and lines", () => {
  const points = [{ x: 0, y: 0 }, { x: 10, y: -3 }, { x: 20, y: -Infinity }];
  assertEquals(
    describeSeries([{ label: "RNN", points }], {
      ...axes,
      references: [{ label: "horizon", x: 15 }],
    }),
    "Chart of norm against distance (steps). Measured, RNN: 1 at 0, 10⁻³ at 10. " +
      "1 of its points are not finite and left out. Line at 15: horizon.",
  );
});

Deno.test("describeSeries() says so where nothing is finite", () => {
  assertEquals(
    describeSeries([{ label: "b", kind: "theory", points: [] }], axes),
    "Chart of norm against distance (steps). Theory, b: no finite value.",
  );
});

Deno.test("seriesRows() keep name, kind and spread", () => {
  assertEquals(seriesRows([{ label: "a", points: [{ x: 1, y: 2, low: 1, high: 3 }] }]), [
    { series: "a", kind: "measured", x: 1, y: 2, low: 1, high: 3 },
  ]);
});
