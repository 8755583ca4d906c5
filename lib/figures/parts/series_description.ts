import { type Axis, axisTitle } from "lib/figures/parts/axis.ts";
import { numberText, powerOfTenText } from "lib/figures/parts/number_text.ts";
import type { Reference } from "lib/figures/parts/reference_lines.ts";
import type { DataRow } from "lib/figures/parts/csv_text.ts";
import type { Series } from "lib/figures/series.ts";

/** What a chart of series shows, in sentences made from its data: alternative text that cannot go stale. */
export function describeSeries(
  series: readonly Series[],
  { x, y, references = [] }: { x: Axis; y: Axis; references?: readonly Reference[] },
): string {
  const sentences = [`Chart of ${axisTitle(y)} against ${axisTitle(x)}.`];
  for (const { label, points, kind } of series) {
    const finite = points.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));
    const name = `${kind === "theory" ? "Theory" : "Measured"}, ${label}`;
    if (!finite.length) {
      sentences.push(`${name}: no finite value.`);
      continue;
    }
    const first = finite[0], last = finite[finite.length - 1];
    sentences.push(
      `${name}: ${valueText(first.y, y)} at ${valueText(first.x, x)}, ` +
        `${valueText(last.y, y)} at ${valueText(last.x, x)}.`,
    );
    const missing = points.length - finite.length;
    if (missing > 0) sentences.push(`${missing} of its points are not finite and left out.`);
  }
  for (const reference of references) {
    const [axis, value] = reference.y === undefined ? [x, reference.x] : [y, reference.y];
    sentences.push(`Line at ${valueText(value, axis)}: ${reference.label}.`);
  }
  return sentences.join(" ");
}

/** The rows of a chart of series, for its data download. */
export function seriesRows(series: readonly Series[]): DataRow[] {
  return series.flatMap(({ label, points, kind = "measured" }) =>
    points.map(({ x, y, low, high }) => ({ series: label, kind, x, y, low, high }))
  );
}

function valueText(value: number, { scale }: Axis): string {
  if (scale !== "exponent") return numberText(value, { digits: 3 });
  return powerOfTenText(Math.round(value * 10) / 10);
}
