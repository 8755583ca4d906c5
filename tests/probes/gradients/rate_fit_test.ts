import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { fitRate, meanInterval, rateRow, studentQuantile } from "lib/probes/gradients/rate_fit.ts";

const line = Array.from({ length: 50 }, (_, distance) => ({
  distance,
  log10Norm: 2 + distance * Math.log10(0.9),
}));

Deno.test("fitRate() gives back the rate of an exact exponential", () => {
  const fit = fitRate(line);
  assertAlmostEquals(fit.ratePerStep, 0.9, 1e-12);
  assertAlmostEquals(fit.log10Start, 2, 1e-12);
  assertAlmostEquals(fit.rSquared, 1, 1e-12);
  assertAlmostEquals(fit.halfLife, 6.5788, 1e-4); // ln 2 / -ln 0.9
});

Deno.test("fitRate() leaves out exact zeros and distances out of range", () => {
  const records = [{ distance: 0, log10Norm: 99 }, ...line.slice(1), {
    distance: 50,
    log10Norm: -Infinity,
  }];
  assertAlmostEquals(fitRate(records, { from: 1, to: 60 }).ratePerStep, 0.9, 1e-12);
});

Deno.test("fitRate() refuses fewer than three points", () => {
  assertThrows(() => fitRate(line.slice(0, 2)), RangeError, "2 finite points");
  const notNumbers = line.map(({ distance }) => ({ distance, log10Norm: NaN }));
  assertThrows(() => fitRate(notNumbers), RangeError, "0 finite points");
});

Deno.test("fitRate() of a gradient that soon is exactly zero is 0, of none at all not a number", () => {
  const dead = line.map(({ distance, log10Norm }) => (
    { distance, log10Norm: distance < 4 ? log10Norm : -Infinity }
  ));
  const { ratePerStep, halfLife, rSquared } = fitRate(dead, { from: 2 });
  assertEquals([ratePerStep, halfLife, rSquared], [0, 0, NaN]);
  assertAlmostEquals(fitRate(dead, { from: 1 }).ratePerStep, 0.9, 1e-12);
  const none = fitRate(line.map(({ distance }) => ({ distance, log10Norm: -Infinity })));
  assertEquals([none.ratePerStep, none.halfLife], [NaN, NaN]);
});

Deno.test("studentQuantile() has the values of the tables", () => {
  for (
    const [degrees, value] of [[1, 12.7062], [2, 4.3027], [4, 2.7764], [9, 2.2622], [30, 2.0423]]
  ) {
    assertAlmostEquals(studentQuantile(degrees), value, 1e-4);
  }
});

Deno.test("meanInterval() of 1, 2, 3 is 2 give or take 4.3027 / sqrt 3", () => {
  const { mean, low, high } = meanInterval([1, 2, 3]);
  assertAlmostEquals(mean, 2, 1e-12);
  assertAlmostEquals(high - mean, 2.48414, 1e-4);
  assertAlmostEquals(mean - low, 2.48414, 1e-4);
  assertThrows(() => meanInterval([1]), RangeError, "1 runs");
});

Deno.test("rateRow() puts mean, interval and medians in the words of a table", () => {
  const fit = (ratePerStep: number) => ({ ...fitRate(line), ratePerStep });
  const row = rateRow("tanh", [fit(0.5), fit(0.6), fit(0.7)]);
  assertEquals(row.network, "tanh");
  assertAlmostEquals(row["rate per step"], 0.6, 1e-12);
  assertAlmostEquals(row["to"] - 0.6, 0.248414, 1e-5);
  assertAlmostEquals(row["half-life, above rate 1 doubling time (steps)"], 6.5788, 1e-4);
});

Deno.test("rateRow() of an even number of runs takes the mean of the middle two", () => {
  const fit = (halfLife: number) => ({ ratePerStep: 0.9, log10Start: 0, rSquared: 1, halfLife });
  const row = rateRow("tanh", [fit(4), fit(1), fit(2), fit(100)]);
  assertEquals(row["half-life, above rate 1 doubling time (steps)"], 3);
});
