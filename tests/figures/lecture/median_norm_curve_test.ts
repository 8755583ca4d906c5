import { assertEquals } from "@std/assert";
import { medianNormCurve } from "lib/figures/lecture/median_norm_curve.ts";

Deno.test("medianNormCurve() holds the median and the range at each distance", () => {
  const run = (log10Norm: number) => [{ distance: 3, log10Norm }];
  assertEquals(medianNormCurve("runs", [run(-1), run(-5), run(-2)]), {
    label: "runs",
    points: [{ distance: 3, log10Norm: -2, low: -5, high: -1 }],
  });
});
