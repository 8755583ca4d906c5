import { assertStringIncludes, assertThrows } from "@std/assert";
import { gateChart } from "lib/figures/lecture/gate_chart.ts";
import { figureSamples } from "../figure_samples.ts";
import { assertSnapshot } from "../snapshot.ts";

Deno.test("gateChart() draws the stored figure", () =>
  assertSnapshot("gate_chart", figureSamples.gate_chart()));

Deno.test("gateChart() shows shares below 0.1 and above 0.9 for each gate and series", () => {
  const svg = gateChart([
    { gate: "forget", series: "drawn", closed: 1e-4, open: 0.05 },
    { gate: "forget", series: "trained", closed: 0.25, open: 0.5 },
  ], { title: "Gates" }).outerHTML;
  for (const text of ["&lt; 0.1 %", "5.0 %, drawn", "25 %", "50 %, trained"]) {
    assertStringIncludes(svg, text);
  }
  assertStringIncludes(svg, "← below 0.1 · share of values · above 0.9 →");
  assertThrows(() => gateChart([], { title: "None" }), RangeError, "no gates");
});
