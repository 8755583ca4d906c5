import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { figureDescription } from "lib/figures/finish_figure.ts";
import { histogram, histogramBins } from "lib/figures/histogram.ts";
import { figureSamples } from "./figure_samples.ts";
import { assertSnapshot } from "./snapshot.ts";

Deno.test("histogram() matches its snapshot", () =>
  assertSnapshot("histogram", figureSamples.histogram()));

Deno.test("histogramBins() has round edges; the lower one belongs to the bin, the last to both", () => {
  assertEquals(histogramBins([0, 0.5, 1, 1.5, 2, 4], { binCount: 4 }), [
    { low: 0, high: 1, count: 2 },
    { low: 1, high: 2, count: 2 },
    { low: 2, high: 3, count: 1 },
    { low: 3, high: 4, count: 1 },
  ]);
});

Deno.test("histogramBins() loses no finite value", () => {
  const values = Array.from({ length: 1000 }, (_, index) => Math.sin(index * 12.9898) * 43.7);
  const total = histogramBins([...values, NaN, Infinity]).reduce((sum, bin) => sum + bin.count, 0);
  assertEquals(total, 1000);
});

Deno.test("histogramBins() makes one bin of one value, and refuses none", () => {
  assertEquals(histogramBins([3, 3, 3]), [{ low: 2.5, high: 3.5, count: 3 }]);
  assertThrows(() => histogramBins([NaN]), RangeError, "no finite value");
});

Deno.test("histogram() says where most values are and how many are missing", () => {
  const figure = histogram([0, 1, 1.5, 1.5, 2, NaN], {
    title: "t",
    x: { label: "loss", unit: "nats" },
    counted: "characters",
    binCount: 2,
  });
  assertStringIncludes(
    figureDescription(figure),
    "5 characters from 0 to 2; most (4) from 1 to 2.",
  );
  assertStringIncludes(figureDescription(figure), "1 values are not finite and left out.");
});
