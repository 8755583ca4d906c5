import { assertStringIncludes } from "@std/assert";
import { gradientMap } from "lib/figures/lecture/gradient_map.ts";

Deno.test("gradientMap() draws its cells, names its axes and the boundary of theory", () => {
  const cells = [0.5, 1.5].flatMap((gain) =>
    [0, 10].map((distance) => ({ gain, distance, log10Norm: distance * Math.log10(gain) }))
  );
  const svg = gradientMap(cells, { criticalGain: 1.1 }).outerHTML;
  assertStringIncludes(svg, "distance T − t (time steps)");
  assertStringIncludes(svg, "theory: χ = 1");
  assertStringIncludes(svg, "1.5,10,1.76");
});
