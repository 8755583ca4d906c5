import { assertEquals } from "@std/assert";
import { endLabelMargin } from "lib/figures/parts/end_labels.ts";
import { lineChart } from "lib/figures/line_chart.ts";

Deno.test("endLabelMargin() makes room for the longest line, wrapped", () => {
  const label = (text: string) => ({ text, x: 0, y: 0 });
  assertEquals(endLabelMargin([]), 20);
  const short = endLabelMargin([label("RNN")]), long = endLabelMargin([label("Gaussian RNN")]);
  assertEquals(short < long, true);
  assertEquals(endLabelMargin([label("a very long label that wraps into lines")]) <= 220, true);
});

Deno.test("endLabels() never print over one another, and join moved labels to their lines", () => {
  const labels = ["RNN", "GRU", "LSTM", "residual RNN"];
  const figure = lineChart(
    labels.map((label, index) => ({
      label,
      points: [{ x: 0, y: 3 }, { x: 1, y: 1 + index * 1e-3 }],
    })),
    { title: "t", x: { label: "x", unit: "s" }, y: { label: "y", unit: "m" } },
  );
  const places = [...figure.querySelectorAll("text")]
    .filter(({ textContent }) => labels.includes(textContent!))
    .map((text) => Number(text.getAttribute("y"))).sort((a, b) => a - b);
  assertEquals(places.length, 4);
  for (let index = 1; index < 4; index++) {
    assertEquals(places[index] - places[index - 1] >= 17.99, true);
  }
  const leaders = [...figure.querySelectorAll("path")]
    .filter((path) => path.getAttribute("stroke-dasharray") === "1.5 2.5");
  assertEquals(leaders.length, 4);
});
