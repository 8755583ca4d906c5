import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { figureDescription } from "lib/figures/parts/finish_figure.ts";
import { lineChart } from "lib/figures/line_chart.ts";
import { figureSamples } from "./figure_samples.ts";
import { assertSnapshot } from "./snapshot.ts";

const axes = { title: "t", x: { label: "x", unit: "s" }, y: { label: "y", unit: "m" } };

Deno.test("lineChart() matches its snapshot", () =>
  assertSnapshot("line_chart", figureSamples.line_chart()));

Deno.test("lineChart() has units on both axes and a label for every line", () => {
  const texts = [...figureSamples.line_chart().querySelectorAll("text")]
    .map((text) => text.textContent);
  for (
    const wanted of [
      "training step (updates) →",
      "↑ loss (nats per character)",
      "RNN",
      "theory",
      "unigram",
      "epoch ends",
    ]
  ) assertEquals(texts.filter((text) => text === wanted).length, 1, wanted);
});

Deno.test("lineChart() describes its data in words", () => {
  const figure = lineChart([{ label: "a", points: [{ x: 0, y: 1 }, { x: 3, y: 2.5 }] }], {
    ...axes,
    references: [{ label: "floor", y: 0.5 }],
  });
  assertEquals(
    figureDescription(figure),
    "Chart of y (m) against x (s). Measured, a: 1 at 0, 2.5 at 3. Line at 0.5: floor.",
  );
});

Deno.test("lineChart() shows what the stated range holds and ends the line at its edge", () => {
  const points = [{ x: 0, y: 0 }, { x: 1, y: 10 }];
  const figure = lineChart([{ label: "a", points }], {
    ...axes,
    y: { ...axes.y, domain: { low: 0, high: 5 } },
  });
  const [line] = [...figure.querySelectorAll("path")]
    .map((path) => path.getAttribute("d")!).filter((path) => /^M(?!0,0)[\d.]+,[\d.]+L/.test(path));
  const [from, to] = line.slice(1).split("L").map((point) => point.split(",").map(Number));
  // It leaves the range half way: at x = 0.5 of the frame's [0, 1].
  const frame = [...figure.querySelectorAll("line")].map((tick) => Number(tick.getAttribute("x1")));
  assertEquals(Math.round(to[0] - from[0]), Math.round((Math.max(...frame) - from[0]) / 2));
});

Deno.test("lineChart() refuses data without a finite point", () => {
  const series = [{ label: "a", points: [{ x: 0, y: NaN }] }];
  assertThrows(() => lineChart(series, axes), RangeError, 'the axis "y"');
});

Deno.test("lineChart() comes out the same every time", () => {
  const { line_chart: sample } = figureSamples;
  assertStringIncludes(sample().outerHTML, "</svg>");
  assertEquals(sample().outerHTML, sample().outerHTML);
});
