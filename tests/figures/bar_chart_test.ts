import { assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { barChart, spreadBar } from "lib/figures/bar_chart.ts";
import { figureDescription } from "lib/figures/parts/finish_figure.ts";
import { figureSamples } from "./figure_samples.ts";
import { assertSnapshot } from "./snapshot.ts";

Deno.test("barChart() matches its snapshot", () =>
  assertSnapshot("bar_chart", figureSamples.bar_chart()));

Deno.test("barChart() writes every value beside its bar, zeros kept", () => {
  const texts = [...figureSamples.bar_chart().querySelectorAll("text")]
    .map((text) => text.textContent ?? "");
  assertEquals(texts.filter((text) => /^(RNN|LSTM) /.test(text)), [
    "RNN 0.950",
    "LSTM 0.990",
    "RNN 0.350",
    "LSTM 0.890",
  ]);
});

Deno.test("barChart() describes spread and predictions", () => {
  const description = figureDescription(figureSamples.bar_chart());
  assertStringIncludes(description, "d = 5, RNN: 0.95 (0.9 to 1)");
  assertStringIncludes(description, "Line at 0.25: chance.");
});

Deno.test("barChart() draws no bar for a value that is not finite, and says so", () => {
  const options = { title: "t", value: { label: "v", unit: "s" }, category: "c" };
  const figure = barChart([{ label: "a", value: 2 }, { label: "b", value: NaN }], options);
  assertEquals([...figure.querySelectorAll("g rect")].length, 1);
  assertStringIncludes(figureDescription(figure), "b: not a number");
});

Deno.test("barChart() keeps its room for a bar whose runs are no numbers, or 0 on a log axis", () => {
  const value = { label: "v", unit: "s", scale: "log" as const };
  const options = { title: "t", value, category: "c" };
  const seen = { label: "a", value: 2, low: 1, high: 4 };
  const figure = (y: number) =>
    barChart([seen, { label: "b", value: y, low: y, high: y }], options);
  for (const lost of [NaN, 0]) {
    assertEquals([...figure(lost).querySelectorAll("g rect")].length, 1);
    const places = figure(lost).outerHTML.match(
      / (x|y|width|height|transform|viewBox|d)="[^"]*"/g,
    )!;
    assertEquals(places.filter((place) => /NaN|Infinity/.test(place)), []);
  }
});

Deno.test("barChart() starts a text past the lines that would cross it", () => {
  const bars = [{ label: "a", value: 0.9 }, { label: "b", value: 5 }, { label: "c", value: 1.2 }];
  const value = { label: "speed", unit: "times" };
  const placeOf = (references: { label: string; value: number }[]) => {
    const figure = barChart(bars, { title: "t", value, category: "c", references });
    const texts = [...figure.querySelectorAll("text")]
      .filter((text) => ["0.900", "5.00", "1.20"].includes(text.textContent ?? ""));
    return texts.map((text) =>
      Number(/translate\(([\d.]+)/.exec(text.getAttribute("transform")!)![1])
    );
  };
  const [first, long, third] = placeOf([]);
  const [moved, same, passed] = placeOf([{ label: "as fast", value: 1 }]);
  assertEquals([long, third], [same, passed]);
  // From 0.9 to the line at 1, of an axis on which 1.2 lies three times as far from 0.9.
  assertAlmostEquals(moved - first, (third - first) / 3, 0.6);
});

Deno.test("barChart() refuses bars without room on a log axis", () => {
  const options = {
    title: "t",
    value: { label: "v", unit: "s", scale: "log" as const },
    category: "c",
  };
  assertThrows(() => barChart([{ label: "a", value: 0 }], options), RangeError, "no finite value");
});

Deno.test("spreadBar() stands at the median, its whiskers at the ends", () => {
  assertEquals(spreadBar("GRU", [3, 1, 2]), { label: "GRU", value: 2, low: 1, high: 3 });
  assertEquals(spreadBar("GRU", [4, 2], { series: "text" }), {
    label: "GRU",
    value: 3,
    low: 2,
    high: 4,
    series: "text",
  });
});

Deno.test("spreadBar() refuses a bar of nothing", () => {
  assertThrows(() => spreadBar("a", []), RangeError, '"a"');
});
