import { assertEquals, assertStringIncludes } from "@std/assert";
import { cliffMap } from "lib/figures/lecture/cliff_map.ts";

Deno.test("cliffMap() draws log10 of the loss, cut off where it is as good as zero, and the descents", () => {
  const surface = [3, 4].flatMap((w) =>
    [-2, -1].map((b) => ({ w, b, loss: w === 3 ? 100 : 1e-20 }))
  );
  const points = [{ w: 3, b: -2 }, { w: 4, b: -1 }];
  const svg = cliffMap(surface, { paths: [{ label: "clipped", points }] }).outerHTML;
  assertStringIncludes(svg, "recurrent weight w");
  assertStringIncludes(svg, "clipped");
  assertStringIncludes(svg, "3,-2,2");
  assertStringIncludes(svg, "4,-1,-3");
});

Deno.test("cliffMap() tells descents that cover one another apart by their strokes", () => {
  const surface = [3, 4].flatMap((w) => [-2, -1].map((b) => ({ w, b, loss: 1 })));
  const points = [{ w: 3, b: -2 }, { w: 4, b: -1 }];
  const paths = [{ label: "not clipped", points }, { label: "clipped", points, solid: true }];
  const dark = [...cliffMap(surface, { paths }).querySelectorAll('g[stroke="#1b1b1b"]')];
  assertEquals(dark.map((line) => line.getAttribute("stroke-dasharray")), ["7 4", null]);
});
