import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { heatMap } from "lib/figures/heat_map.ts";
import { missingColour } from "lib/figures/parts/colour_ramp.ts";
import { figureDescription } from "lib/figures/parts/finish_figure.ts";
import { figureSamples } from "./figure_samples.ts";
import { assertSnapshot } from "./snapshot.ts";

const axes = {
  title: "t",
  x: { label: "x", unit: "m" },
  y: { label: "y", unit: "m" },
  colour: { label: "v", unit: "s" },
};

Deno.test("heatMap() matches its snapshot", () =>
  assertSnapshot("heat_map", figureSamples.heat_map()));

Deno.test("heatMap() draws every cell, grey where the value is not a number", () => {
  const rects = [...figureSamples.heat_map().querySelectorAll("rect")];
  // Three cells and the swatch of the scale.
  assertEquals(rects.filter((rect) => rect.getAttribute("fill") === missingColour).length, 4);
});

Deno.test("heatMap() names the places of the lowest and the highest value", () => {
  const cells = [{ x: 1, y: 5, value: 3 }, { x: 2, y: 5, value: -4 }, { x: 3, y: 5, value: 9 }];
  assertStringIncludes(
    figureDescription(heatMap(cells, axes)),
    "Lowest: −4 at x 2, y 5. Highest: 9 at x 3, y 5.",
  );
});

Deno.test("heatMap() gives cells edges half way to their neighbours", () => {
  const cells = [0, 1, 4].map((x) => ({ x, y: 0, value: x }));
  const widths = [...heatMap(cells, axes).querySelectorAll("g rect")].slice(0, 3)
    .map((rect) => Number(rect.getAttribute("width")) - 0.8);
  // Edges at -0.5, 0.5, 2.5 and 5.5.
  assertEquals(widths.map((width) => Math.round(10 * width / widths[0]) / 10), [1, 2, 3]);
});

Deno.test("heatMap() refuses to draw nothing", () => {
  assertThrows(() => heatMap([], axes), RangeError, "no cells");
  assertThrows(() => heatMap([{ x: 1, y: 1, value: NaN }], axes), RangeError, "no finite value");
});

Deno.test("boundaryMarks() cut the boundary off at the frame and label it", () => {
  const figure = figureSamples.heat_map();
  const paths = [...figure.querySelectorAll("path")].map((path) => path.getAttribute("d") ?? "");
  const frame = [...figure.querySelectorAll("g rect")].slice(0, 9)
    .map((rect) => ({
      left: Number(rect.getAttribute("x")),
      right: Number(rect.getAttribute("x")) + Number(rect.getAttribute("width")),
    }));
  const [from, to] = paths.findLast((path) => /^M(?!0,0)[\d.]+,[\d.]+L[\d.]+,[\d.]+$/.test(path))!
    .slice(1).split("L").map((point) => Number(point.split(",")[0]));
  assertEquals(Math.round(from), Math.round(Math.min(...frame.map(({ left }) => left)) + 0.4));
  assertEquals(Math.round(to), Math.round(Math.max(...frame.map(({ right }) => right)) - 0.4));
  const labels = [...figure.querySelectorAll("text")].map((text) => text.textContent);
  assertEquals(labels.filter((text) => text === "radius 1").length, 1);
});
