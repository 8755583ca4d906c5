import { assertEquals } from "@std/assert";
import { fitAxis } from "lib/figures/parts/axis.ts";
import { cartesianPlot } from "lib/figures/parts/cartesian_plot.ts";

const frame = {
  title: "Title",
  description: "An empty frame.",
  x: fitAxis({ label: "time", unit: "s" }, { values: [0, 10], round: false }),
  y: fitAxis({ label: "size", unit: "m" }, { values: [0, 1], round: false }),
};

Deno.test("cartesianPlot() is 680 wide, scales down, and keeps its view box", () => {
  const figure = cartesianPlot([], frame);
  assertEquals(figure.getAttribute("viewBox"), "0 0 680 452");
  assertEquals(figure.getAttribute("width"), "680");
});

Deno.test("cartesianPlot() writes title, axis labels with units, and ticks", () => {
  const texts = [...cartesianPlot([], frame).querySelectorAll("text")]
    .map((text) => text.textContent);
  assertEquals(texts.filter((text) => /[a-z]/i.test(text ?? "")), [
    "Title",
    "↑ size (m)",
    "time (s) →",
  ]);
  assertEquals(texts.includes("0.8"), true);
});

Deno.test("cartesianPlot() wraps a long title and grows by it", () => {
  const figure = cartesianPlot([], { ...frame, title: "A title of many words ".repeat(6).trim() });
  assertEquals(figure.getAttribute("viewBox"), "0 0 680 500");
});

Deno.test("cartesianPlot() gives names along an axis no arrow", () => {
  const y = { ...frame.y, label: "model", unit: null, isCategorical: true };
  const texts = [...cartesianPlot([], { ...frame, y }).querySelectorAll("text")]
    .map((text) => text.textContent);
  assertEquals(texts.includes("model"), true);
});
