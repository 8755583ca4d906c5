import { assertAlmostEquals } from "@std/assert";
import { closedGateHalfLife } from "lib/probes/gradients/closed_gate.ts";

Deno.test("closedGateHalfLife() has the published half-lives, measured as foretold", () => {
  for (const [bias, halfLife] of [[0, 1], [1, 2.21], [2, 5.46], [3, 14.27], [5, 103.2]]) {
    const { theory, measured } = closedGateHalfLife(bias);
    assertAlmostEquals(theory, halfLife, 0.05);
    assertAlmostEquals(measured / theory, 1, 1e-9);
  }
});
