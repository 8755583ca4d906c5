import { assertEquals } from "@std/assert";
import { svgElement } from "lib/figures/parts/svg_element.ts";

Deno.test("svgElement() sets attributes, text and children, and escapes them", () => {
  const child = svgElement("text", { x: 1.5, fill: undefined }, { text: "a < b" });
  const group = svgElement("g", { "aria-label": '"quoted"' }, { children: [child] });
  assertEquals(
    group.outerHTML,
    '<g aria-label="&quot;quoted&quot;"><text x="1.5">a &lt; b</text></g>',
  );
});
