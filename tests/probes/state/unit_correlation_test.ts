import { assertAlmostEquals, assertEquals } from "@std/assert";
import { tokensSince, unitCorrelations } from "lib/probes/state/unit_correlation.ts";

Deno.test("tokensSince() counts from the last token of that id", () => {
  assertEquals([...tokensSince(1)(Int32Array.of(0, 0, 1, 0, 2, 1, 1, 0))], [
    0,
    1,
    0,
    1,
    2,
    0,
    0,
    1,
  ]);
});

Deno.test("unitCorrelations() finds the unit that follows a signal, upside down too", () => {
  const ids = Int32Array.of(1, 0, 0, 1, 0, 1, 0, 0, 0);
  const since = tokensSince(1)(ids);
  const states = Array.from(ids, (id, place) => Float64Array.of(5, id, 1 - 0.3 * since[place]));
  const [first, second, third] = unitCorrelations([{ ids, states }], tokensSince(1));
  assertEquals(first.unit, 2);
  assertAlmostEquals(first.correlation, -1, 1e-12);
  assertEquals(second.unit, 1);
  assertEquals(third, { unit: 0, correlation: 0 });
});
