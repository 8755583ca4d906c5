import { assertEquals } from "@std/assert";
import { placePointLabels } from "lib/figures/parts/point_labels.ts";
import { figureSamples } from "../figure_samples.ts";

const options = { height: 10, frame: { left: 0, top: 0, width: 100, height: 100 } };

Deno.test("placePointLabels() prefers the right, then the left", () => {
  const points = [{ x: 20, y: 20, width: 30 }, { x: 90, y: 80, width: 30 }];
  assertEquals(placePointLabels(points, options), [
    { left: 27, top: 15, width: 30, height: 10 },
    { left: 53, top: 75, width: 30, height: 10 },
  ]);
});

Deno.test("placePointLabels() goes above where right and left are taken, or gives up", () => {
  const neighbours = [{ x: 50, y: 50, width: 20 }, { x: 62, y: 50, width: 90 }, {
    x: 38,
    y: 50,
    width: 90,
  }];
  const [middle, right] = placePointLabels(neighbours, options);
  assertEquals(middle, { left: 40, top: 33, width: 20, height: 10 });
  assertEquals(right?.top === 45, false);
});

Deno.test("pointLabels() writes the names that have room", () => {
  const texts = [...figureSamples.scatter_plot().querySelectorAll("text")]
    .map((text) => text.textContent);
  assertEquals(texts.filter((text) => text === "128 units").length, 2);
});
