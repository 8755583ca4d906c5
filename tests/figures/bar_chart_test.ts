import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { barChart } from "lib/figures/bar_chart.ts";
import { figureDescription } from "lib/figures/finish_figure.ts";
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

Deno.test("barChart() refuses bars without room on a log axis", () => {
  const options = {
    title: "t",
    value: { label: "v", unit: "s", scale: "log" as const },
    category: "c",
  };
  assertThrows(() => barChart([{ label: "a", value: 0 }], options), RangeError, "no finite value");
});
