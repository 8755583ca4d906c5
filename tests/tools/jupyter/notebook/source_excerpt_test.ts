import { assertEquals } from "@std/assert";
import { sourceExcerpt } from "tools/jupyter/notebook/source_excerpt.ts";

const twenty = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`).join("\n");

Deno.test("sourceExcerpt() numbers the lines and marks the one in question", () => {
  assertEquals(sourceExcerpt("a\nb\n", 2), "  1 | a\n> 2 | b");
  assertEquals(sourceExcerpt("a\nb\n"), "  1 | a\n  2 | b");
});

Deno.test("sourceExcerpt() shows twelve lines: the first, or those around the marked one", () => {
  const top = sourceExcerpt(twenty).split("\n");
  assertEquals([top.length, top[0], top[12]], [13, "   1 | line 1", "  ... 8 more lines"]);
  const end = sourceExcerpt(twenty, 20).split("\n");
  assertEquals([end.length, end[0], end[11]], [12, "   9 | line 9", "> 20 | line 20"]);
  const middle = sourceExcerpt(twenty, 10).split("\n");
  assertEquals([middle[0], middle.at(-1)], ["   5 | line 5", "  ... 4 more lines"]);
});
