import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { FigureElement } from "lib/figures/figure_document.ts";
import { figureCsv } from "lib/figures/finish_figure.ts";
import { peelingChart } from "lib/figures/peeling_chart.ts";
import { errorTaxonomy } from "lib/probes/error_taxonomy.ts";
import { figureSamples } from "./figure_samples.ts";
import { assertSnapshot } from "./snapshot.ts";

/** Label, value and start of each bar. */
function barsOf(figure: FigureElement) {
  const [head, ...rows] = figureCsv(figure)!.trim().split(/\r?\n/).map((line) => line.split(","));
  const at = (name: string) => head.indexOf(name);
  return rows.map((row) => ({
    label: row[at("label")],
    value: Number(row[at("value")]),
    from: Number(row[at("from")]),
  }));
}
const taxonomy = errorTaxonomy([2, 2, 2, 2, 0.5], [
  { category: "first", fixes: (place) => place === 0 },
]);

Deno.test("peelingChart() matches its snapshot", () =>
  assertSnapshot("peeling_chart", figureSamples.peeling_chart()));

Deno.test("peelingChart() starts each bar where the one before it ends, the last at 100 %", () => {
  const bars = barsOf(peelingChart([{ label: "model", taxonomy }], { title: "t" }));
  assertEquals(bars.map(({ label, from, value }) => [label, from, value]), [
    ["first", 0, 25],
    ["the rest", 25, 75],
  ]);
});

Deno.test("peelingChart() of the loss begins with what is no error", () => {
  const options = { title: "t", share: "loss" as const };
  const bars = barsOf(peelingChart([{ label: "model", taxonomy }], options));
  assertEquals(bars.map(({ label }) => label), ["no error", "first", "the rest"]);
  const [none, first, rest] = bars.map(({ from, value }) => [from, value]);
  assertAlmostEquals(none[1], 100 * 0.5 / 8.5, 1e-9);
  assertAlmostEquals(first[0], none[1], 1e-9);
  assertAlmostEquals(rest[0] + rest[1], 100, 1e-9);
});

Deno.test("peelingChart() refuses to draw nothing", () => {
  assertThrows(() => peelingChart([], { title: "t" }), RangeError, "no model");
});
