import { assertEquals } from "@std/assert";
import { textWidth, wrapText } from "lib/figures/parts/text_width.ts";

Deno.test("textWidth() grows with the font and tells narrow letters from wide ones", () => {
  assertEquals(textWidth("word", 20), 2 * textWidth("word", 10));
  assertEquals(textWidth("iiii", 10) < textWidth("nnnn", 10), true);
  assertEquals(textWidth("nnnn", 10) < textWidth("WWWW", 10), true);
});

Deno.test("wrapText() breaks at spaces, and never inside a word", () => {
  assertEquals(wrapText("one two three", { width: 60, fontSize: 14 }), ["one two", "three"]);
  assertEquals(wrapText("unbreakable", { width: 10, fontSize: 14 }), ["unbreakable"]);
});
