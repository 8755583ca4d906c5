import { assertEquals } from "@std/assert";
import { fitAxis } from "lib/figures/parts/axis.ts";
import { seriesColours, themeColour } from "lib/figures/parts/figure_style.ts";
import { seriesLabels, styleSeries } from "lib/figures/parts/series_marks.ts";
import { figureSamples } from "../figure_samples.ts";

const y = fitAxis({ label: "y", unit: "m" }, { values: [0, 4], round: false });
const points = [{ x: 0, y: 1 }, { x: 1, y: 2 }];

Deno.test("styleSeries() colours what was measured and dashes theory in ink", () => {
  const [first, theory, second] = styleSeries([
    { label: "a", points },
    { label: "t", points, kind: "theory" },
    { label: "b", points },
  ]);
  assertEquals([first.colour, second.colour], seriesColours.slice(0, 2));
  assertEquals([theory.colour, theory.dash], [themeColour("ink"), "7 4"]);
  assertEquals(first.dash, "none");
});

Deno.test("seriesLabels() stand at the last point on the axes", () => {
  const beyond = [...points, { x: 2, y: 6 }, { x: 3, y: NaN }];
  const [label] = seriesLabels(styleSeries([{ label: "a", points: beyond }]), { y });
  assertEquals({ x: label.x, y: label.y, text: label.text }, { x: 1.5, y: 4, text: "a" });
});

Deno.test("seriesLabels() leave out a series without a point on the axes", () => {
  const series = styleSeries([{ label: "a", points: [{ x: 0, y: 9 }] }]);
  assertEquals(seriesLabels(series, { y }), []);
});

Deno.test("seriesMarks() draw the spread as a band", () => {
  const bands = [...figureSamples.line_chart().querySelectorAll("[fill-opacity='0.18'] path")];
  assertEquals(bands.length, 1);
});
