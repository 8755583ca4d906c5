import { barChart } from "lib/figures/bar_chart.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { gateChart } from "lib/figures/lecture/gate_chart.ts";
import { exponentialBound, gradientByDistance } from "lib/figures/lecture/gradient_by_distance.ts";
import { heatMap } from "lib/figures/heat_map.ts";
import { lineChart } from "lib/figures/line_chart.ts";
import { lossCurve } from "lib/figures/lecture/loss_curve.ts";
import { scatterPlot } from "lib/figures/scatter_plot.ts";
import { medianWithSpread } from "lib/figures/series.ts";
import { singularValues } from "lib/figures/lecture/singular_values.ts";
import { successMap } from "lib/figures/lecture/success_map.ts";
import { textHeat } from "lib/figures/lecture/text_heat.ts";

const count = (length: number) => Array.from({ length }, (_, index) => index);

/** One figure of each kind, from made-up records: for the snapshots, and to look at. */
export const figureSamples: Record<string, () => FigureElement> = {
  bar_chart: () =>
    barChart(
      ["d = 5", "d = 80"].flatMap((label, row) => [
        {
          label,
          series: "RNN",
          value: 0.95 - 0.6 * row,
          low: 0.9 - 0.6 * row,
          high: 1 - 0.6 * row,
        },
        { label, series: "LSTM", value: 0.99 - 0.1 * row },
      ]),
      {
        title: "Accuracy on a planted dependency",
        value: { label: "accuracy", unit: "share" },
        category: "distance",
        references: [{ label: "chance", value: 0.25 }],
      },
    ),
  gate_chart: () =>
    gateChart(
      ["reset", "update"].flatMap((gate, row) => [
        { gate: `GRU, ${gate}`, series: "drawn", closed: 0, open: 0 },
        { gate: `GRU, ${gate}`, series: "trained", closed: 0.2 + 0.5 * row, open: 0.05 },
      ]),
      { title: "Gates as drawn and after training" },
    ),
  gradient_by_distance: () =>
    gradientByDistance(
      [0.8, 1.2].map((radius) => ({
        label: `radius ${radius}`,
        points: count(21).map((distance) => ({
          distance,
          log10Norm: distance * Math.log10(radius) - 0.2,
          low: distance * Math.log10(radius) - 0.5,
          high: distance * Math.log10(radius),
        })),
      })),
      { bounds: [exponentialBound({ label: "0.8^k", ratePerStep: 0.8, maxDistance: 20 })] },
    ),
  heat_map: () =>
    heatMap(
      [1, 10, 100].flatMap((x) =>
        [0.5, 1, 1.5].map((y) => ({ x, y, value: x === 1 ? NaN : x * Math.log10(y) }))
      ),
      {
        title: "Where the gradient vanishes",
        x: { label: "distance", unit: "time steps", scale: "log" },
        y: { label: "spectral radius", unit: null },
        colour: { label: "norm", unit: null, kind: "diverging", scale: "exponent" },
        boundaries: [{ label: "radius 1", points: [{ x: 0.1, y: 1 }, { x: 1000, y: 1 }] }],
      },
    ),
  line_chart: () =>
    lineChart([
      {
        label: "RNN",
        points: medianWithSpread([1, 2, 3].map((seed) =>
          count(30).map((x) => ({ x, y: 1 + seed * 0.1 + 2 * Math.exp(-x / 8) }))
        )),
      },
      {
        label: "theory",
        kind: "theory",
        points: count(30).map((x) => ({ x, y: 1.2 + 2 / (1 + x) })),
      },
    ], {
      title: "Loss while training",
      x: { label: "training step", unit: "updates" },
      y: { label: "loss", unit: "nats per character" },
      references: [{ label: "unigram", y: 2 }, { label: "epoch ends", x: 12 }],
    }),
  loss_curve: () =>
    lossCurve(
      count(40).map((step) => ({
        trainingStep: step + 1,
        lossNats: 1.5 + 2 * Math.exp(-step / 9),
        validationLossNats: step % 10 === 9 ? 1.7 + 2 * Math.exp(-step / 9) : undefined,
      })),
      { floors: [{ label: "ln V", lossNats: Math.log(28) }, { label: "5-gram", lossNats: 1.6 }] },
    ),
  scatter_plot: () =>
    scatterPlot(
      ["RNN", "LSTM"].flatMap((group, row) =>
        [1e3, 1e4, 1e5].map((x) => ({
          group,
          x,
          y: (3 - 0.4 * row) * x ** -0.08,
          label: x === 1e4 ? "128 units" : undefined,
        }))
      ),
      {
        title: "Loss against parameters",
        x: { label: "parameters", unit: "count", scale: "log" },
        y: { label: "loss", unit: "nats per character", scale: "log" },
        fits: [{ label: "3·N^−0.08", points: [1e3, 1e5].map((x) => ({ x, y: 3 * x ** -0.08 })) }],
      },
    ),
  singular_values: () =>
    singularValues(
      count(11).map((distance) => ({
        distance,
        log10SingularValues: count(5).map((rank) => -distance * 0.1 * rank),
      })),
      {
        bounds: [{
          label: "bound",
          points: [{ distance: 0, log10Norm: 0 }, { distance: 10, log10Norm: 1 }],
        }],
      },
    ),
  success_map: () =>
    successMap(
      ["tanh", "GRU"].flatMap((remedy, row) =>
        [10, 20, 40].slice(0, 2 + row).map((length, column) => (
          { remedy, length, runs: 5, share: Math.max(0, 1 - 0.4 * column - 0.6 * (1 - row)) }
        ))
      ),
      { title: "Who learns it, by length" },
    ),
  text_heat: () =>
    textHeat(
      [..."“It was late,” she wrote.\nNo ferry 🙂 had come in."].map((character, index) => ({
        character,
        value: (index * 7 % 10) / 2,
      })),
      { title: "Loss of each character", colour: { label: "loss", unit: "nats" }, columns: 40 },
    ),
};
