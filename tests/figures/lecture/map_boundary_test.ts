import { assertEquals } from "@std/assert";
import { figureSamples } from "../figure_samples.ts";

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
