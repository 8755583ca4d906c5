import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { figureCsv, figureDescription } from "lib/figures/parts/finish_figure.ts";
import { blockMeans, lossCurve } from "lib/figures/lecture/loss_curve.ts";
import { figureSamples } from "../figure_samples.ts";
import { assertSnapshot } from "../snapshot.ts";

Deno.test("lossCurve() matches its snapshot", () =>
  assertSnapshot("loss_curve", figureSamples.loss_curve()));

Deno.test("lossCurve() labels the floors with their values", () => {
  assertStringIncludes(figureSamples.loss_curve().outerHTML, ">ln V 3.33<");
  assertStringIncludes(figureSamples.loss_curve().outerHTML, ">5-gram 1.60<");
});

Deno.test("lossCurve() in bits divides by ln 2", () => {
  const figure = lossCurve([1, 2].map((trainingStep) => ({ trainingStep, lossNats: Math.LN2 })), {
    unit: "bits",
  });
  assertStringIncludes(figureDescription(figure), "loss (bits per character)");
  assertStringIncludes(figureCsv(figure)!, "training,measured,1,1,,");
});

Deno.test("lossCurve() does not let a run that blew up flatten the rest", () => {
  const losses = [3.3, 3, 2.8, 900, NaN];
  const figure = lossCurve(losses.map((lossNats, step) => ({ trainingStep: step + 1, lossNats })));
  const ticks = [...figure.querySelectorAll("text")].map((text) => Number(text.textContent))
    .filter(Number.isFinite);
  assertEquals(Math.max(...ticks) < 7, true);
  assertStringIncludes(figureDescription(figure), "1 of its points are not finite and left out.");
});

Deno.test("blockMeans() leaves short runs alone", () => {
  assertEquals(blockMeans([{ x: 1, y: 2 }]), [{ x: 1, y: 2 }]);
});

Deno.test("blockMeans() keeps mean and range of each block of a long run", () => {
  const points = Array.from({ length: 240 }, (_, index) => ({ x: index, y: index % 2 }));
  const blocks = blockMeans(points);
  assertEquals(blocks.length, 120);
  assertEquals(blocks[0], { x: 0.5, y: 0.5, low: 0, high: 1 });
  const uneven = blockMeans(Array.from({ length: 121 }, (_, index) => ({ x: index, y: 1 })));
  assertAlmostEquals(uneven.at(-1)!.x, 120, 1e-12);
});
