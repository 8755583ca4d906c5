import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { phaseDiagram, reachChart, successMap } from "lib/figures/lecture/success_map.ts";
import { figureSamples } from "../figure_samples.ts";
import { assertSnapshot } from "../snapshot.ts";

Deno.test("successMap() draws the stored figure", () =>
  assertSnapshot("success_map", figureSamples.success_map()));

Deno.test("successMap() writes how many runs learn, and leaves open what was not tried", () => {
  const svg = successMap([
    { remedy: "GRU", length: 10, runs: 5, share: 1 },
    { remedy: "GRU", length: 20, runs: 5, share: 0.4 },
    { remedy: "tanh", length: 10, runs: 5, share: 0 },
  ], { title: "Who adds" }).outerHTML;
  for (const text of ["5 of 5", "2 of 5", "0 of 5"]) assertStringIncludes(svg, text);
  assertEquals(svg.match(/<rect[^>]*fill-opacity/g)?.length, 3);
  assertStringIncludes(svg, "GRU: 5 of 5 at 10, 2 of 5 at 20; tanh: 0 of 5 at 10.");
  assertThrows(() => successMap([], { title: "Nobody" }), RangeError, "no cells");
});

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
