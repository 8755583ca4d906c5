import type * as Plot from "@observablehq/plot";
import { figureSize, themeColour } from "lib/figures/parts/figure_style.ts";
import { svgElement } from "lib/figures/parts/svg_element.ts";
import { textWidth } from "lib/figures/parts/text_width.ts";

/** A point with a name. */
export interface LabelledPoint {
  x: number;
  y: number;
  label: string;
}

/** A rectangle in pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * A place for each label beside its point: the first of right, left, above and below that meets no
 * point and no label placed before; undefined where none is free.
 *
 * @param points in pixels, with the width of each label
 * @returns the box of each label
 */
export function placePointLabels(
  points: readonly { x: number; y: number; width: number }[],
  { height, frame, distance = 7 }: { height: number; frame: Box; distance?: number },
): (Box | undefined)[] {
  const taken: Box[] = points.map(({ x, y }) => ({ left: x - 4, top: y - 4, width: 8, height: 8 }));
  return points.map(({ x, y, width }) => {
    const middle = { top: y - height / 2, width, height };
    const candidates: Box[] = [
      { ...middle, left: x + distance },
      { ...middle, left: x - distance - width },
      { left: x - width / 2, top: y - distance - height, width, height },
      { left: x - width / 2, top: y + distance, width, height },
    ];
    const free = candidates.find((box) =>
      isInside(box, frame) && !taken.some((other) => overlap(box, other))
    );
    if (free) taken.push(free);
    return free;
  });
}

/** A mark: names beside their points, left out where there is no room. */
export function pointLabels(points: readonly LabelledPoint[]): Plot.Markish {
  const fontSize = figureSize.tickFont;
  const draw = (
    _index: unknown,
    scales: { x: (value: number) => number; y: (value: number) => number },
    _values: unknown,
    { width, height, marginTop, marginRight, marginBottom, marginLeft }: Record<string, number>,
  ) => {
    const placed = placePointLabels(
      points.map(({ x, y, label }) => ({
        x: scales.x(x),
        y: scales.y(y),
        width: textWidth(label, fontSize),
      })),
      {
        height: fontSize + 3,
        frame: {
          left: marginLeft,
          top: marginTop - 8,
          width: width - marginLeft - marginRight,
          height: height - marginTop - marginBottom + 8,
        },
      },
    );
    return svgElement("g", { "font-size": fontSize, fill: themeColour("ink") }, {
      children: placed.flatMap((box, index) =>
        box
          ? [svgElement("text", {
            x: box.left + box.width / 2,
            y: box.top + box.height / 2,
            dy: "0.35em",
            "text-anchor": "middle",
            stroke: themeColour("paper"),
            "stroke-width": 4,
            "paint-order": "stroke",
          }, { text: points[index].label })]
          : []
      ),
    });
  };
  return draw as unknown as Plot.Markish;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width &&
    a.top < b.top + b.height && b.top < a.top + a.height;
}

function isInside(box: Box, frame: Box): boolean {
  return box.left >= frame.left && box.top >= frame.top &&
    box.left + box.width <= frame.left + frame.width &&
    box.top + box.height <= frame.top + frame.height;
}
