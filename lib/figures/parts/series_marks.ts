import * as Plot from "@observablehq/plot";
import type { FittedAxis } from "lib/figures/parts/axis.ts";
import type { EndLabel } from "lib/figures/parts/end_labels.ts";
import { figureSize, seriesColour, themeColour } from "lib/figures/parts/figure_style.ts";
import { clipPoints, lastFinitePoint, type Series } from "lib/figures/series.ts";

/** How a series is drawn. */
export interface StyledSeries extends Series {
  colour: string;
  dash: string;
}

/** Gives each series its colour and dash: measured ones from the palette, theory dashed in ink. */
export function styleSeries(series: readonly Series[]): StyledSeries[] {
  let measured = 0, theories = 0;
  return series.map((one) => {
    if (one.kind === "theory") {
      return {
        ...one,
        colour: themeColour("ink"),
        dash: ["7 4", "2 3", "10 3 2 3"][theories++ % 3],
      };
    }
    const colour = seriesColour(measured++);
    // Labels at the line ends tell solid lines apart, and dashes are left to theory.
    return { ...one, colour, dash: "none" };
  });
}

/** Marks: each series as a line, its spread as a band, its points as dots where they are few. */
export function seriesMarks(
  series: readonly StyledSeries[],
  { y }: { y: FittedAxis },
): Plot.Markish[] {
  return series.flatMap(({ points, colour, dash, kind }) => {
    const shown = clipPoints(points, { ...y.domain, logarithmic: y.scale === "log" });
    return [
      Plot.areaY(shown, { x: "x", y1: "low", y2: "high", fill: colour, fillOpacity: 0.18 }),
      Plot.line(shown, {
        x: "x",
        y: "y",
        stroke: colour,
        strokeWidth: kind === "theory" ? 1.75 : figureSize.lineWidth,
        strokeDasharray: dash,
        strokeLinejoin: "round",
      }),
      Plot.dot(points.length <= 16 && kind !== "theory" ? shown : [], {
        x: "x",
        y: "y",
        r: 3.5,
        fill: colour,
      }),
    ];
  });
}

/** The label at the end of each series that has a point on the axes. */
export function seriesLabels(
  series: readonly StyledSeries[],
  { y }: { y: FittedAxis },
): EndLabel[] {
  return series.flatMap(({ label, endLabel = label, points, colour, kind }) => {
    const shown = clipPoints(points, { ...y.domain, logarithmic: y.scale === "log" });
    const end = lastFinitePoint(shown);
    return end && endLabel
      ? [{ text: endLabel, x: end.x, y: end.y, colour, bold: kind !== "theory" }]
      : [];
  });
}
