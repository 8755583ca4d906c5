import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { lineChart } from "lib/figures/line_chart.ts";
import { numberText } from "lib/figures/parts/number_text.ts";
import type { Series, SeriesPoint } from "lib/figures/series.ts";

/** What a loss curve reads of a training record. */
export interface LossRecord {
  trainingStep: number;
  lossNats: number;
  validationLossNats?: number;
}

/** A loss that a simpler predictor reaches, or that none can go below. */
export interface LossFloor {
  label: string;
  lossNats: number;
}

/** Texts and floors of a loss curve. */
export interface LossCurveOptions {
  title?: string;
  /** ln V, unigram, best n-gram, entropy rate: the ladder under the curve. */
  floors?: readonly LossFloor[];
  /** Unit of the axis; nats unless told. */
  unit?: "nats" | "bits";
  /** The records are per character unless told. */
  per?: string;
  description?: string;
}

const blockCount = 120;

/**
 * Training and validation loss by training step, over the ladder of floors.
 *
 * A long run is drawn as means over blocks of steps, with the range within a block as a band.
 * Losses that are not finite are left out; the description says how many.
 *
 * @throws {RangeError} if there is no record with a finite loss
 */
export function lossCurve(
  records: readonly LossRecord[],
  { title = "Loss while training", floors = [], unit = "nats", per = "character", description }:
    LossCurveOptions = {},
): FigureElement {
  const scale = unit === "bits" ? 1 / Math.LN2 : 1;
  const training = records.map((one) => ({ x: one.trainingStep, y: one.lossNats * scale }));
  const validation = records.flatMap(({ trainingStep, validationLossNats }) =>
    validationLossNats === undefined ? [] : [{ x: trainingStep, y: validationLossNats * scale }]
  );
  const series: Series[] = [
    {
      label: "training",
      endLabel: endLabel("training", training),
      points: blockMeans(training),
    },
    ...(validation.length
      ? [{
        label: "validation",
        endLabel: endLabel("validation", validation),
        points: validation,
      }]
      : []),
  ];
  const references = floors.map(({ label, lossNats }) => ({
    label: `${label} ${numberText(lossNats * scale, { digits: 3, keepZeros: true })}`,
    y: lossNats * scale,
  }));
  const ceiling = highestToShow([...training, ...validation].map(({ y }) => y), references);
  return lineChart(series, {
    title,
    description,
    references,
    x: { label: "training step", unit: "updates" },
    y: {
      label: "loss",
      unit: `${unit} per ${per}`,
      ...(ceiling && { domain: ceiling }),
    },
  });
}

/** Means of up to 120 blocks of neighbouring points, with the range within each as its spread. */
export function blockMeans(points: readonly { x: number; y: number }[]): SeriesPoint[] {
  const size = Math.ceil(points.length / blockCount);
  if (size <= 1) return points.map(({ x, y }) => ({ x, y }));
  const blocks: SeriesPoint[] = [];
  for (let start = 0; start < points.length; start += size) {
    const block = points.slice(start, start + size);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / block.length;
    const losses = block.map(({ y }) => y);
    blocks.push({
      x: mean(block.map(({ x }) => x)),
      y: mean(losses),
      low: Math.min(...losses),
      high: Math.max(...losses),
    });
  }
  return blocks;
}

function endLabel(name: string, points: readonly { y: number }[]): string {
  const last = points.findLast(({ y }) => Number.isFinite(y));
  return last ? `${name} ${numberText(last.y, { digits: 3, keepZeros: true })}` : name;
}

// A run that blew up would press everything else into one line: show up to twice the first loss.
function highestToShow(
  losses: readonly number[],
  references: readonly { y: number }[],
): { low: number; high: number } | undefined {
  const finite = losses.filter(Number.isFinite);
  const levels = [...finite.slice(0, 1), ...references.map(({ y }) => y)];
  const limit = 2 * Math.max(...levels);
  if (!(Math.max(...finite) > limit)) return undefined;
  return { low: Math.min(...finite, ...levels) * 0.95, high: limit };
}
