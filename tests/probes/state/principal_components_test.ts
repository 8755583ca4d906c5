import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { principalComponents } from "lib/probes/state/principal_components.ts";
import { randomNormal } from "lib/random/normal.ts";
import { randomStream } from "lib/random/random_stream.ts";

Deno.test("principalComponents() finds the axes of a stretched and turned cloud", () => {
  const draw = randomNormal(randomStream(1, "cloud"));
  // Standard deviations 3 along (1, 1, 0) / sqrt 2 and 1 along (1, -1, 0) / sqrt 2.
  const points = Array.from({ length: 3000 }, () => {
    const [long, short] = [3 * draw(), draw()];
    return [(long + short) / Math.SQRT2 + 7, (long - short) / Math.SQRT2, 2];
  });
  const { varianceShares, project } = principalComponents(points);
  assertAlmostEquals(varianceShares[0], 0.9, 0.01);
  assertAlmostEquals(varianceShares[1], 0.1, 0.01);
  assertAlmostEquals(varianceShares[2], 0, 1e-12);
  const [from, to] = [project([7, 0, 2]), project([8, 1, 2])];
  assertAlmostEquals(to[0] - from[0], Math.SQRT2, 0.01);
  assertAlmostEquals(to[1] - from[1], 0, 0.05);
});

Deno.test("principalComponents() refuses a single point and too few dimensions", () => {
  assertThrows(() => principalComponents([[1, 2]]), RangeError, "1 points");
  assertThrows(() => principalComponents([[1], [2]]), RangeError, "1 dimensions");
  assertEquals(principalComponents([[1], [2]], { count: 1 }).varianceShares[0], 1);
});
