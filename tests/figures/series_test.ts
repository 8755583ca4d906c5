import { assertAlmostEquals, assertEquals } from "@std/assert";
import { clipPoints, lastFinitePoint, medianWithSpread } from "lib/figures/series.ts";

Deno.test("medianWithSpread() takes median, least and greatest at each x", () => {
  const runs = [[{ x: 2, y: 5 }, { x: 1, y: 1 }], [{ x: 1, y: 3 }], [{ x: 1, y: 7 }]];
  assertEquals(medianWithSpread(runs), [
    { x: 1, y: 3, low: 1, high: 7 },
    { x: 2, y: 5, low: 5, high: 5 },
  ]);
});

Deno.test("medianWithSpread() of an even number of runs is the mean of the middle two", () => {
  assertEquals(medianWithSpread([[{ x: 0, y: 1 }], [{ x: 0, y: 2 }]])[0].y, 1.5);
});

Deno.test("clipPoints() ends a line on the edge that it crosses", () => {
  const points = [{ x: 0, y: 0 }, { x: 1, y: 4 }, { x: 2, y: 0 }];
  assertEquals(clipPoints(points, { low: 0, high: 2 }), [
    { x: 0, y: 0 },
    { x: 0.5, y: 2 },
    { x: 1, y: NaN },
    { x: 1.5, y: 2 },
    { x: 2, y: 0 },
  ]);
});

Deno.test("clipPoints() keeps the piece of a line between two points outside", () => {
  const clipped = clipPoints([{ x: 0, y: -2 }, { x: 4, y: 6 }], { low: 0, high: 2 });
  assertEquals(clipped.slice(1, 3), [{ x: 1, y: 0 }, { x: 2, y: 2 }]);
});

Deno.test("clipPoints() finds the crossing of a log axis in the logarithm", () => {
  const [, crossing] = clipPoints([{ x: 0, y: 1 }, { x: 2, y: 100 }], {
    low: 1,
    high: 10,
    logarithmic: true,
  });
  assertAlmostEquals(crossing.x, 1, 1e-12);
});

Deno.test("clipPoints() makes a gap of infinity and cuts the spread", () => {
  const points = [{ x: 0, y: 1, low: -5, high: 9 }, { x: 1, y: Infinity }];
  const [first, second] = clipPoints(points, { low: 0, high: 2 });
  assertEquals(first, { x: 0, y: 1, low: 0, high: 2 });
  assertEquals(Number.isNaN(second.y), true);
});

Deno.test("lastFinitePoint() skips what has no place", () => {
  assertEquals(lastFinitePoint([{ x: 0, y: 1 }, { x: 1, y: NaN }]), { x: 0, y: 1 });
  assertEquals(lastFinitePoint([{ x: 0, y: NaN }]), undefined);
});
