import { assertStringIncludes } from "@std/assert";
import { clippingChart } from "lib/figures/lecture/clipping_chart.ts";

Deno.test("clippingChart() draws the survivors and counts the unclipped runs that diverged", () => {
  const run = (maxGradientNorm: number, finalLossNats: number) => ({
    maxGradientNorm,
    finalLossNats,
    diverged: !Number.isFinite(finalLossNats),
  });
  const runs = [
    run(Infinity, Infinity),
    run(Infinity, 2.2),
    run(1, 2.1),
    run(1, 2.3),
    run(10, 2.4),
  ];
  const svg = clippingChart(runs, { unigramLossNats: 2.8 }).outerHTML;
  assertStringIncludes(svg, "1 of 2 diverge");
  assertStringIncludes(svg, "counting letters");
  assertStringIncludes(svg, "1,2.2,2.1,2.3");
});
