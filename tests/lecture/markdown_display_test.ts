import { assertEquals, assertThrows } from "@std/assert";
import { recordDisplays } from "lib/lecture/display_message.ts";
import { markdownTable, showMarkdown, showTable } from "lib/lecture/markdown_display.ts";

Deno.test("markdownTable() sets numbers to the right and rounds them", () => {
  assertEquals(
    markdownTable([{ model: "RNN", loss: 1.98765 }, { model: "a|b", loss: 2 }]),
    "| model | loss |\n| --- | ---: |\n| RNN | 1.988 |\n| a\\|b | 2 |",
  );
});

Deno.test("markdownTable() chooses, orders and names columns", () => {
  assertEquals(
    markdownTable([{ a: 1, b: true, c: null }], { columns: { c: "C", b: "B" } }),
    "| C | B |\n| --- | --- |\n|  | yes |",
  );
});

Deno.test("markdownTable() refuses no rows", () => {
  assertThrows(() => markdownTable([]), RangeError, "no rows");
});

Deno.test("showTable() and showMarkdown() send markdown", async () => {
  const messages = await recordDisplays(async () => {
    await showMarkdown("*a*");
    await showTable([{ x: 1 }]);
  });
  assertEquals(messages.map(({ data }) => data["text/markdown"]), [
    "*a*",
    "| x |\n| ---: |\n| 1 |",
  ]);
});
