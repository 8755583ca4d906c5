import { assertStringIncludes } from "@std/assert";
import { phaseDiagram, reachChart } from "lib/figures/lecture/success_chart.ts";

Deno.test("reachChart() draws a bar per network with its range", () => {
  const svg = reachChart([{ remedy: "GRU", longest: 40, low: 20, high: 80 }], { title: "Reach" });
  assertStringIncludes(svg.outerHTML, "longest sequence solved (time steps)");
  assertStringIncludes(svg.outerHTML, "GRU");
});

Deno.test("phaseDiagram() draws the share of runs at each gain and length", () => {
  const cells = [1, 2].flatMap((gain) =>
    [10, 20].map((length) => ({ gain, length, share: gain / 2 }))
  );
  const svg = phaseDiagram(cells, { title: "Where it learns" }).outerHTML;
  assertStringIncludes(svg, "share of runs that learn");
  assertStringIncludes(svg, "1,20,0.5");
});
