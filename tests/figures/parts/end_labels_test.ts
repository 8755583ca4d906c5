import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { lineChart } from "lib/figures/line_chart.ts";
import { dodgeLabels, endLabelMargin } from "lib/figures/parts/end_labels.ts";
import { randomStream } from "lib/random/random_stream.ts";

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

const room = { low: 0, high: 100 };

Deno.test("dodgeLabels() leaves labels alone that do not overlap", () => {
  const labels = [{ position: 70, size: 10 }, { position: 20, size: 10 }];
  assertEquals(dodgeLabels(labels, room), [70, 20]);
});

Deno.test("dodgeLabels() spreads coinciding labels evenly about their place", () => {
  const labels = [50, 50, 50].map((position) => ({ position, size: 10 }));
  assertEquals(dodgeLabels(labels, room), [40, 50, 60]);
});

Deno.test("dodgeLabels() keeps labels inside", () => {
  const labels = [{ position: -20, size: 10 }, { position: 0, size: 10 }, {
    position: 130,
    size: 10,
  }];
  assertEquals(dodgeLabels(labels, room), [5, 15, 95]);
});

Deno.test("dodgeLabels() shares too small a room", () => {
  const labels = [10, 20, 30, 40].map((position) => ({ position, size: 50 }));
  assertEquals(dodgeLabels(labels, room), [12.5, 37.5, 62.5, 87.5]);
});

Deno.test("dodgeLabels() never overlaps, keeps the order, and is least in squares", () => {
  const random = randomStream(1, "labels");
  for (let trial = 0; trial < 200; trial++) {
    const labels = Array.from({ length: 5 }, () => ({
      position: random() * 100,
      size: 5 + random() * 12,
    }));
    const placed = dodgeLabels(labels, room);
    const order = [0, 1, 2, 3, 4].sort((a, b) => labels[a].position - labels[b].position);
    for (let rank = 1; rank < 5; rank++) {
      const [above, here] = [order[rank - 1], order[rank]];
      const gap = (labels[above].size + labels[here].size) / 2;
      assertEquals(placed[here] - placed[above] >= gap - 1e-9, true);
    }
    placed.forEach((centre, index) => {
      assertEquals(centre >= labels[index].size / 2 - 1e-9, true);
      assertEquals(centre <= 100 - labels[index].size / 2 + 1e-9, true);
    });
  }
  const two = [{ position: 50, size: 10 }, { position: 52, size: 10 }];
  const [first, second] = dodgeLabels(two, room);
  assertAlmostEquals(first, 46, 1e-9);
  assertAlmostEquals(second, 56, 1e-9);
});

Deno.test("dodgeLabels() refuses a place that is nowhere", () => {
  assertThrows(() => dodgeLabels([{ position: NaN, size: 1 }], room), RangeError, "NaN");
});
