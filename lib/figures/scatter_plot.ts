import * as Plot from "@observablehq/plot";
import { type Axis, fitAxis } from "lib/figures/parts/axis.ts";
import { cartesianPlot } from "lib/figures/parts/cartesian_plot.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { figureSize, seriesColour } from "lib/figures/parts/figure_style.ts";
import { pointLabels } from "lib/figures/parts/point_labels.ts";
import {
  type Reference,
  referenceLabels,
  referenceMarks,
  topLabelRoom,
} from "lib/figures/parts/reference_lines.ts";
import type { Series } from "lib/figures/series.ts";
import { describeSeries } from "lib/figures/parts/series_description.ts";
import { seriesLabels, seriesMarks, styleSeries } from "lib/figures/parts/series_marks.ts";
import { svgElement } from "lib/figures/parts/svg_element.ts";
import { textWidth } from "lib/figures/parts/text_width.ts";

/** A point, with the group that gives it colour and shape, and a name to write beside it. */
export interface ScatterPoint {
  x: number;
  y: number;
  group?: string;
  label?: string;
}

/** Axes, fits and texts of a scatter plot. */
export interface ScatterOptions {
  title: string;
  x: Axis;
  y: Axis;
  /** Fitted or predicted curves, dashed on the same axes. */
  fits?: readonly { label: string; points: readonly { x: number; y: number }[] }[];
  references?: readonly Reference[];
  description?: string;
}

const symbols = ["circle", "triangle", "square", "diamond2", "star", "cross"] as const;
const signs = ["●", "▲", "■", "◆", "★", "✚"];

/**
 * Points on two axes, groups told apart by colour and by shape, with fitted curves.
 *
 * @throws {RangeError} if no point is finite
 */
export function scatterPlot(
  points: readonly ScatterPoint[],
  options: ScatterOptions,
): FigureElement {
  const { references = [] } = options;
  const groups = [...new Set(points.map(({ group }) => group))];
  const fits: Series[] = (options.fits ?? []).map((fit) => ({ ...fit, kind: "theory" }));
  const values = (axis: "x" | "y") => [
    ...points.map((point) => point[axis]),
    ...references.flatMap((reference) => reference[axis] ?? []),
  ];
  const x = fitAxis(options.x, { values: values("x") });
  const y = fitAxis(options.y, { values: values("y") });
  const styled = styleSeries(fits.map((fit) => ({
    ...fit,
    points: fit.points.filter((point) => point.x >= x.domain.low && point.x <= x.domain.high),
  })));
  const isGrouped = groups.length > 1;
  return cartesianPlot([
    ...referenceMarks(references),
    ...seriesMarks(styled, { y }),
    ...groups.map((group, index) =>
      Plot.dot(points.filter((point) => point.group === group), {
        x: "x",
        y: "y",
        symbol: symbols[index % symbols.length],
        r: 4.5,
        fill: seriesColour(index),
        fillOpacity: points.length > 60 ? 0.55 : 0.9,
      })
    ),
    pointLabels(
      points.flatMap(({ x, y, label }) =>
        label && Number.isFinite(x) && Number.isFinite(y) ? [{ x, y, label }] : []
      ),
    ),
    isGrouped ? groupKey(groups.map((group) => group ?? "other")) : null,
  ], {
    title: options.title,
    description: options.description ?? describeScatter(points, options, fits),
    data: points.map(({ group, label, x, y }) => ({ group, label, x, y })),
    x,
    y,
    labels: [...seriesLabels(styled, { y }), ...referenceLabels(references, { x })],
    extraTop: topLabelRoom(references) + (isGrouped ? keyHeight : 0),
  });
}

const keyHeight = 24;

/** A mark: the groups' shapes and names in a row under the y axis's label. */
function groupKey(groups: readonly string[]): Plot.Markish {
  const fontSize = figureSize.labelFont;
  const draw = (
    _index: unknown,
    _scales: unknown,
    _values: unknown,
    { marginTop, marginLeft }: { marginTop: number; marginLeft: number },
  ) => {
    let at = marginLeft;
    return svgElement("g", { "font-size": fontSize, "text-anchor": "start" }, {
      children: groups.map((group, index) => {
        const text = `${signs[index % signs.length]} ${group}`;
        const element = svgElement("text", {
          x: at,
          y: marginTop - 8,
          fill: seriesColour(index),
          "font-weight": 600,
        }, { text });
        at += textWidth(text, fontSize) * 1.08 + 18;
        return element;
      }),
    });
  };
  return draw as unknown as Plot.Markish;
}

function describeScatter(
  points: readonly ScatterPoint[],
  { x, y, references }: ScatterOptions,
  fits: readonly Series[],
): string {
  const groups = Map.groupBy(points, ({ group }) => group);
  const counts = [...groups].map(([group, members]) =>
    `${members.length} points${group === undefined ? "" : ` of ${group}`}`
  );
  return `${counts.join(", ")}. ${describeSeries(fits, { x, y, references })}`;
}
