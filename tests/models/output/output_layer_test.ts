import { assertAlmostEquals, assertEquals } from "@std/assert";
import { moveRow, rowScore, zeroRows } from "lib/models/output/output_layer.ts";

Deno.test("rowScore() is w . h + b, and moveRow() takes the rate times slope times state off the row", () => {
  const rows = zeroRows(3, 2);
  const state = Float64Array.of(2, -1);
  assertEquals(rowScore(rows, 1, state), 0);
  moveRow(rows, 1, { state, slope: -0.5, learningRate: 0.1 });
  assertEquals([...rows.weights].map((value) => Number(value.toFixed(12))), [
    0,
    0,
    0.1,
    -0.05,
    0,
    0,
  ]);
  assertAlmostEquals(rowScore(rows, 1, state), 0.1 * 2 + 0.05 + 0.05, 1e-12);
  assertEquals(rowScore(rows, 2, state), 0);
});
