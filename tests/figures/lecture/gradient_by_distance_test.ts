import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import {
  exponentialBound,
  gradientByDistance,
  gradientMap,
  medianNormCurve,
  rateByGain,
} from "lib/figures/lecture/gradient_by_distance.ts";
import { figureCsv, figureDescription } from "lib/figures/parts/finish_figure.ts";
import { figureSamples } from "../figure_samples.ts";
import { assertSnapshot } from "../snapshot.ts";

Deno.test("gradientByDistance() matches its snapshot", () =>
  assertSnapshot("gradient_by_distance", figureSamples.gradient_by_distance()));

Deno.test("gradientByDistance() draws norms far below the smallest double", () => {
  const figure = gradientByDistance([{
    label: "RNN",
    points: [{ distance: 0, log10Norm: 0 }, { distance: 1000, log10Norm: -400 }],
  }]);
  assertStringIncludes(figure.outerHTML, "10⁻⁴⁰⁰");
  assertStringIncludes(figureDescription(figure), "1 at 0, 10⁻⁴⁰⁰ at 1000");
});

Deno.test("gradientByDistance() leaves exact zeros out and counts them", () => {
  const figure = gradientByDistance([{
    label: "n-gram",
    points: [0, -Infinity, -Infinity].map((log10Norm, distance) => ({ distance, log10Norm })),
  }]);
  assertStringIncludes(figureDescription(figure), "2 of its points are not finite and left out.");
  assertStringIncludes(figureCsv(figure)!, "n-gram,measured,2,-Infinity");
});

Deno.test("exponentialBound() is start times the rate to the power of the distance", () => {
  const [first, last] = exponentialBound({
    label: "b",
    ratePerStep: 0.5,
    maxDistance: 10,
    start: 8,
  }).points;
  assertAlmostEquals(first.log10Norm, Math.log10(8), 1e-12);
  assertAlmostEquals(last.log10Norm, Math.log10(8 / 1024), 1e-12);
});

Deno.test("medianNormCurve() holds the median and the range at each distance", () => {
  const run = (log10Norm: number) => [{ distance: 3, log10Norm }];
  assertEquals(medianNormCurve("runs", [run(-1), run(-5), run(-2)]), {
    label: "runs",
    points: [{ distance: 3, log10Norm: -2, low: -5, high: -1 }],
  });
});

Deno.test("gradientMap() draws its cells, names its axes and the boundary of theory", () => {
  const cells = [0.5, 1.5].flatMap((gain) =>
    [0, 10].map((distance) => ({ gain, distance, log10Norm: distance * Math.log10(gain) }))
  );
  const svg = gradientMap(cells, { criticalGain: 1.1 }).outerHTML;
  assertStringIncludes(svg, "distance T − t (time steps)");
  assertStringIncludes(svg, "theory: χ = 1");
  assertStringIncludes(svg, "1.5,10,1.76");
});

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
