import { assertEquals, assertStringIncludes } from "@std/assert";
import { figureDescription } from "lib/figures/parts/finish_figure.ts";
import { scatterPlot } from "lib/figures/scatter_plot.ts";
import { figureSamples } from "./figure_samples.ts";
import { assertSnapshot } from "./snapshot.ts";

Deno.test("scatterPlot() matches its snapshot", () =>
  assertSnapshot("scatter_plot", figureSamples.scatter_plot()));

Deno.test("scatterPlot() tells groups apart by sign as well as colour", () => {
  const texts = [...figureSamples.scatter_plot().querySelectorAll("text")]
    .map((text) => text.textContent);
  assertEquals(texts.filter((text) => /^[●▲] /.test(text ?? "")), ["● RNN", "▲ LSTM"]);
});

Deno.test("scatterPlot() describes its groups and fits", () => {
  const description = figureDescription(figureSamples.scatter_plot());
  assertStringIncludes(description, "3 points of RNN, 3 points of LSTM.");
  assertStringIncludes(description, "Theory, 3·N^−0.08: 1.73 at 1000, 1.19 at 100,000.");
});

Deno.test("scatterPlot() of one group has no key", () => {
  const figure = scatterPlot([{ x: 1, y: 1 }, { x: 2, y: 4 }], {
    title: "t",
    x: { label: "x", unit: "m" },
    y: { label: "y", unit: "m" },
  });
  assertEquals(figure.outerHTML.includes("●"), false);
});
