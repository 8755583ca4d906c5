import { assertStringIncludes } from "@std/assert";
import { boundChart } from "lib/figures/lecture/bound_chart.ts";

Deno.test("boundChart() counts the networks and draws log10 of each ratio", () => {
  const svg = boundChart([
    { cell: "rnn-tanh", distance: 3, ratio: 1 },
    { cell: "rnn-sigmoid", distance: 5, ratio: 0.01 },
  ]).outerHTML;
  assertStringIncludes(svg, "2 random networks");
  assertStringIncludes(svg, "the bound");
  assertStringIncludes(svg, "sigmoid,,5,-2");
});
