import * as Plot from "@observablehq/plot";
import type { FittedAxis } from "lib/figures/parts/axis.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { figureSize } from "lib/figures/parts/figure_style.ts";
import { clipPoints, type SeriesPoint } from "lib/figures/series.ts";
import { svgElement } from "lib/figures/parts/svg_element.ts";
import { textWidth } from "lib/figures/parts/text_width.ts";

/** A curve drawn over a map: where theory puts the boundary between regions, or a path across it. */
export interface MapBoundary {
  label: string;
  points: readonly { x: number; y: number }[];
  /** Solid instead of dashed: to tell two curves apart that cover one another. */
  solid?: boolean;
  /** Where along the curve its label stands; the middle unless told. */
  labelAt?: "middle" | "end";
}

/** Marks: the boundary, cut off at the frame, and its label. */
export function boundaryMarks(
  { label, points, solid = false, labelAt = "middle" }: MapBoundary,
  { x, y }: { x: FittedAxis; y: FittedAxis },
): Plot.Markish[] {
  const inside = clipToFrame(points, { x, y });
  const style = { x: "x", y: "y", strokeLinejoin: "round" } as const;
  const finite = inside.filter((point) => Number.isFinite(point.y));
  const labelled = labelAt === "end" ? finite.length - 1 : Math.floor((finite.length - 1) / 2);
  // Dark line in a light casing: it shows on every colour of the map, whatever the theme.
  return [
    Plot.line(inside, { ...style, stroke: "#ffffff", strokeWidth: 5, strokeOpacity: 0.85 }),
    Plot.line(inside, {
      ...{ ...style, stroke: "#1b1b1b", strokeWidth: 2.25 },
      strokeDasharray: solid ? undefined : "7 4",
    }),
    finite.length ? boundaryLabel(label, finite[labelled]) : null,
  ];
}

function boundaryLabel(label: string, { x, y }: { x: number; y: number }): Plot.Markish {
  const fontSize = figureSize.labelFont;
  const draw = (
    _index: unknown,
    scales: { x: (value: number) => number; y: (value: number) => number },
    _values: unknown,
    frame: { width: number; marginRight: number; marginLeft: number; marginTop: number },
  ): FigureElement => {
    const width = textWidth(label, fontSize) * 1.08;
    const rightmost = frame.width - frame.marginRight - width - 8;
    return svgElement("text", {
      x: Math.max(frame.marginLeft + 8, Math.min(scales.x(x) + 10, rightmost)),
      y: Math.max(frame.marginTop + 18, scales.y(y) - 12),
      "text-anchor": "start",
      "font-size": fontSize,
      "font-weight": 600,
      fill: "#1b1b1b",
      stroke: "#ffffff",
      "stroke-width": 5,
      "stroke-opacity": 0.85,
      "paint-order": "stroke",
    }, { text: label });
  };
  return draw as unknown as Plot.Markish;
}

function clipToFrame(
  points: readonly { x: number; y: number }[],
  { x, y }: { x: FittedAxis; y: FittedAxis },
): SeriesPoint[] {
  const swapped = (list: readonly { x: number; y: number }[]) =>
    list.map((point) => ({ x: point.y, y: point.x }));
  const across = clipPoints(swapped(points), { ...x.domain, logarithmic: x.scale === "log" });
  const kept = swapped(across).filter((point) => Number.isFinite(point.x));
  return clipPoints(kept, { ...y.domain, logarithmic: y.scale === "log" });
}
