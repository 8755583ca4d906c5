import { assertEquals, assertStringIncludes } from "@std/assert";
import { figureCsv, figureDescription, finishFigure } from "lib/figures/parts/finish_figure.ts";
import { svgElement } from "lib/figures/parts/svg_element.ts";
import { figureSamples } from "../figure_samples.ts";

function bareSvg() {
  const path = svgElement("path", { d: "M0.123456,-1e-7L3.999,4" });
  const group = svgElement("g", { "aria-label": "line" }, {
    children: [svgElement("style", {}, { text: "x{}" }), path],
  });
  return svgElement("svg", { viewBox: "0 0 100 50" }, { children: [group] });
}

Deno.test("finishFigure() makes an image with a name, a description and a namespace", () => {
  const svg = finishFigure(bareSvg(), { title: "Loss", description: "It falls." });
  assertEquals(svg.getAttribute("role"), "img");
  assertEquals(svg.getAttribute("aria-label"), "Loss");
  assertEquals(svg.getAttribute("xmlns"), "http://www.w3.org/2000/svg");
  assertEquals(figureDescription(svg), "It falls.");
  assertEquals([...svg.children][0].tagName.toLowerCase(), "title");
});

Deno.test("finishFigure() rounds coordinates to a hundredth of a pixel", () => {
  const svg = finishFigure(bareSvg(), { title: "t", description: "d" });
  assertEquals(svg.querySelector("path")!.getAttribute("d"), "M0.12,-1e-7L4,4");
});

Deno.test("finishFigure() lays paper of the page's colour under everything", () => {
  const svg = finishFigure(bareSvg(), { title: "t", description: "d" });
  const paper = svg.querySelector("rect")!;
  assertEquals(paper.getAttribute("width"), "100");
  assertEquals(paper.getAttribute("fill"), "var(--unrolled-paper, #ffffff)");
});

Deno.test("finishFigure() carries its data as CSV, and none if there is none", () => {
  const text = { title: "t", description: "d" };
  assertEquals(figureCsv(finishFigure(bareSvg(), { ...text, data: [{ x: 1 }] })), "x\r\n1\r\n");
  assertEquals(figureCsv(finishFigure(bareSvg(), text)), undefined);
});

for (const [name, sample] of Object.entries(figureSamples)) {
  Deno.test(`finishFigure() on ${name}: no style sheet, no id, text of 13 pixels or more`, () => {
    const svg = sample();
    assertEquals([...svg.querySelectorAll("style, [id], clipPath")].length, 0);
    for (const element of [svg, ...svg.querySelectorAll("[font-size]")]) {
      assertEquals(Number(element.getAttribute("font-size")) >= 13, true);
    }
    assertStringIncludes(svg.getAttribute("style")!, "max-width: 100%");
    assertEquals(figureDescription(svg).length > 20, true);
    assertEquals(figureCsv(svg)!.includes("\r\n"), true);
  });
}
