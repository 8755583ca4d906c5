import { assertEquals, assertThrows } from "@std/assert";
import { chunks } from "lib/text/windows/chunks.ts";

const ids = Int32Array.of(0, 1, 2, 3, 4, 5, 6);

Deno.test("chunks() lie side by side unless a stride is told; what is left is left out", () => {
  assertEquals(chunks(ids, { length: 3 }).map((piece) => [...piece]), [[0, 1, 2], [3, 4, 5]]);
  assertEquals(chunks(ids, { length: 7 }).length, 1);
  assertEquals(chunks(ids, { length: 3, stride: 4 }).map(([first]) => first), [0, 4]);
});

Deno.test("chunks() refuses a piece longer than the text and sizes that are no counts", () => {
  assertThrows(() => chunks(ids, { length: 8 }), RangeError, "pieces of 8 from a text of 7");
  assertThrows(() => chunks(ids, { length: 3, stride: 0 }), RangeError, "stride");
});
