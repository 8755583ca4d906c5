import { assertEquals } from "@std/assert";
import { readPadded, writePadded } from "lib/kernels/fused/padded_rows.ts";

Deno.test("writePadded() pads rows with zeros and readPadded() takes them out again", () => {
  const rows = { rows: 2, width: 3, padded: 4 };
  const target = new Float32Array(8).fill(9);
  writePadded(target, [0, 1, 2, 3, 4, 5, 6], rows, 1);
  assertEquals([...target], [1, 2, 3, 0, 4, 5, 6, 0]);
  const back = new Float32Array(6);
  readPadded(back, target, rows);
  assertEquals([...back], [1, 2, 3, 4, 5, 6]);
});
