import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { explainedVariance, fitLinearProbe } from "lib/probes/state/linear_probe.ts";
import { randomNormal } from "lib/random/normal.ts";
import { randomStream } from "lib/random/random_stream.ts";

const draw = randomNormal(randomStream(1, "rows"));
const features = Array.from({ length: 400 }, () => [draw(), draw(), draw()]);

Deno.test("fitLinearProbe() recovers a linear map with intercept", () => {
  const targets = features.map(([a, b, c]) => [2 * a - b + 5, c / 2]);
  const probe = fitLinearProbe(features, targets, { ridge: 1e-12 });
  const [first, second] = probe.predict([1, 1, 1]);
  assertAlmostEquals(first, 6, 1e-6);
  assertAlmostEquals(second, 0.5, 1e-6);
  assertAlmostEquals(explainedVariance(probe, features, targets), 1, 1e-9);
});

Deno.test("explainedVariance() is 1/2 where half the variance is noise, about 0 where nothing is linear", () => {
  const noise = randomNormal(randomStream(2, "noise"));
  const half = features.map(([a]) => [a + noise()]);
  assertAlmostEquals(explainedVariance(fitLinearProbe(features, half), features, half), 0.5, 0.06);
  const square = features.map(([a]) => [a * a]);
  assertAlmostEquals(
    explainedVariance(fitLinearProbe(features, square), features, square),
    0,
    0.06,
  );
});

Deno.test("fitLinearProbe() bears a feature that never varies, and refuses unequal rows", () => {
  const probe = fitLinearProbe([[1, 7], [2, 7], [3, 7]], [[2], [4], [6]], { ridge: 1e-12 });
  assertAlmostEquals(probe.predict([10, 7])[0], 20, 1e-6);
  const constant = fitLinearProbe([[7], [7]], [[1], [3]]);
  assertEquals(constant.predict([7])[0], 2);
  assertThrows(() => fitLinearProbe([[1]], []), RangeError, "1 rows of features, 0 of targets");
});
