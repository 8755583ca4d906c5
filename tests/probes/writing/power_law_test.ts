import { assertAlmostEquals, assertThrows } from "@std/assert";
import { fitPowerLaw } from "lib/probes/writing/power_law.ts";

Deno.test("fitPowerLaw() recovers an exact law, with no residuals", () => {
  const law = fitPowerLaw([10, 30, 100, 900].map((x) => ({ x, y: 5 * x ** -0.095 })));
  assertAlmostEquals(law.exponent, -0.095, 1e-12);
  assertAlmostEquals(law.factor, 5, 1e-11);
  assertAlmostEquals(law.rSquared, 1, 1e-12);
  law.residuals.forEach((residual) => assertAlmostEquals(residual, 0, 1e-12));
});

Deno.test("fitPowerLaw(): residuals are ln y less the line and sum to 0", () => {
  const law = fitPowerLaw([{ x: 1, y: 1 }, { x: Math.E, y: Math.E }, { x: Math.E ** 2, y: 1 }]);
  assertAlmostEquals(law.exponent, 0, 1e-12);
  assertAlmostEquals(law.residuals[1], 2 / 3, 1e-12);
  assertAlmostEquals(law.residuals.reduce((sum, one) => sum + one, 0), 0, 1e-12);
});

Deno.test("fitPowerLaw() refuses points that lie on no log-log line", () => {
  assertThrows(() => fitPowerLaw([{ x: 1, y: 1 }, { x: 1, y: 2 }]), RangeError, "two different x");
  assertThrows(() => fitPowerLaw([{ x: 1, y: 0 }, { x: 2, y: 2 }]), RangeError);
});
