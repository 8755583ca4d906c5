import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { lineChart } from "lib/figures/line_chart.ts";
import { medianWithSpread } from "lib/figures/series.ts";

/** A training run with one clipping threshold. */
export interface ClippedRun {
  /** Infinity: not clipped. */
  maxGradientNorm: number;
  finalLossNats: number;
  diverged: boolean;
}

/**
 * Median final loss, with its range, of the runs that did not diverge, against the clipping
 * threshold; the title counts the unclipped runs that did.
 *
 * @throws {RangeError} if there is no run with a threshold
 */
export function clippingChart(
  runs: readonly ClippedRun[],
  { unigramLossNats }: { unigramLossNats: number },
): FigureElement {
  const clipped = runs.filter(({ maxGradientNorm }) => Number.isFinite(maxGradientNorm));
  const unclipped = runs.filter(({ maxGradientNorm }) => !Number.isFinite(maxGradientNorm));
  const lost = unclipped.filter(({ diverged }) => diverged).length;
  const survivors = clipped.filter(({ diverged }) => !diverged);
  const points = survivors.map((run) => [{ x: run.maxGradientNorm, y: run.finalLossNats }]);
  return lineChart([{ label: "clipped runs", points: medianWithSpread(points) }], {
    title:
      `Clipped at the right norm every run learns; unclipped ${lost} of ${unclipped.length} diverge`,
    x: { label: "clipping threshold θ", unit: null, scale: "log" },
    y: { label: "final training loss", unit: "nats per character" },
    references: [{ label: "counting letters", y: unigramLossNats }],
  });
}
