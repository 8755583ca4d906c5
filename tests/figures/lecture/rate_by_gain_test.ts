import { assertStringIncludes } from "@std/assert";
import { rateByGain } from "lib/figures/lecture/rate_by_gain.ts";

Deno.test("rateByGain() draws the median of the rates with its range, theory and the linear network", () => {
  const svg = rateByGain([
    { gain: 0.5, rates: [0.4, 0.5, 0.45], theory: 0.47 },
    { gain: 2, rates: [1.1, 1.2, 1.15], theory: 1.17 },
  ]).outerHTML;
  for (const text of ["measured", "mean-field theory", "linear RNN: g", "1: neither"]) {
    assertStringIncludes(svg, text);
  }
  assertStringIncludes(svg, "measured,measured,2,1.15,1.1,1.2");
});
