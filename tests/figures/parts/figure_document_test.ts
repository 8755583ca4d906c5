import { assertEquals } from "@std/assert";
import { figureDocument } from "lib/figures/parts/figure_document.ts";

Deno.test("figureDocument() makes elements that can be read back", () => {
  const element = figureDocument().createElementNS("http://www.w3.org/2000/svg", "rect");
  element.setAttribute("x", "3");
  assertEquals(element.getAttribute("x"), "3");
  assertEquals(element.tagName.toLowerCase(), "rect");
});

Deno.test("figureDocument() is one document", () => {
  assertEquals(figureDocument() === figureDocument(), true);
});

Deno.test("figureDocument() is the page's own in a browser", () => {
  const page = globalThis as { document?: unknown };
  page.document = { createElementNS: () => "element" };
  try {
    assertEquals(figureDocument() === page.document, true);
  } finally {
    delete page.document;
  }
});
