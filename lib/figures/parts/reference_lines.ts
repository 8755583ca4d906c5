import * as Plot from "@observablehq/plot";
import type { FittedAxis } from "lib/figures/parts/axis.ts";
import type { EndLabel } from "lib/figures/parts/end_labels.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { figureSize, themeColour } from "lib/figures/parts/figure_style.ts";
import { svgElement } from "lib/figures/parts/svg_element.ts";
import { textWidth } from "lib/figures/parts/text_width.ts";

/** A straight line at one value of one axis: a prediction, a floor, a threshold. */
export type Reference =
  | { label: string; y: number; x?: undefined }
  | { label: string; x: number; y?: undefined };

/** Marks: dashed lines across the frame. Those at an x carry their label at the top. */
export function referenceMarks(references: readonly Reference[]): Plot.Markish[] {
  const style = {
    stroke: themeColour("ink"),
    strokeWidth: 1.5,
    strokeDasharray: "7 4",
    strokeOpacity: 0.8,
  };
  const levels = references.filter(({ y }) => Number.isFinite(y)).map(({ y }) => y as number);
  const positions = references.filter(({ x }) => Number.isFinite(x));
  return [
    Plot.ruleY(levels, style),
    Plot.ruleX(positions.map(({ x }) => x as number), style),
    topLabels(positions as { label: string; x: number }[]),
  ];
}

/** The labels of the references at a y, for the right margin. */
export function referenceLabels(
  references: readonly Reference[],
  { x }: { x: FittedAxis },
): EndLabel[] {
  return references.flatMap(({ label, y }) =>
    y === undefined || !Number.isFinite(y) ? [] : [{ text: label, x: x.domain.high, y }]
  );
}

const rowHeight = 18;

/** Rows of room that the labels of vertical references take above the frame, in pixels. */
export function topLabelRoom(references: readonly Reference[]): number {
  return references.filter(({ x }) => x !== undefined).length * rowHeight;
}

// Each label takes a row of its own above the frame: two thresholds may be a pixel apart.
function topLabels(references: { label: string; x: number }[]): Plot.Markish {
  const fontSize = figureSize.tickFont;
  const draw = (
    _index: unknown,
    scales: { x: (value: number) => number },
    _values: unknown,
    frame: { width: number; marginRight: number; marginLeft: number; marginTop: number },
  ): FigureElement => {
    const sorted = [...references].sort((a, b) => a.x - b.x);
    return svgElement("g", { "font-size": fontSize, fill: themeColour("ink") }, {
      children: sorted.flatMap(({ label, x }, row) => {
        const px = scales.x(x);
        const y = frame.marginTop - 6 - (sorted.length - 1 - row) * rowHeight;
        const fits = px + 6 + textWidth(label, fontSize) <= frame.width;
        return [
          svgElement("line", {
            x1: px,
            x2: px,
            y1: y - 8,
            y2: frame.marginTop,
            stroke: themeColour("ink"),
            "stroke-opacity": 0.5,
          }),
          svgElement("text", {
            x: fits ? px + 5 : px - 5,
            y,
            "text-anchor": fits ? "start" : "end",
          }, { text: label }),
        ];
      }),
    });
  };
  return draw as unknown as Plot.Markish;
}
