import * as Plot from "@observablehq/plot";
import { axisTitle, type FittedAxis } from "lib/figures/parts/axis.ts";
import { type EndLabel, endLabelMargin, endLabels } from "lib/figures/parts/end_labels.ts";
import { figureDocument, type FigureElement } from "lib/figures/parts/figure_document.ts";
import { figureSize, themeColour } from "lib/figures/parts/figure_style.ts";
import { type FigureText, finishFigure } from "lib/figures/parts/finish_figure.ts";
import { svgElement } from "lib/figures/parts/svg_element.ts";
import { textWidth, wrapText } from "lib/figures/parts/text_width.ts";

/** The frame that all figures with two axes share. */
export interface CartesianFrame extends FigureText {
  x: FittedAxis;
  y: FittedAxis;
  /** Labels for the right margin. */
  labels?: readonly EndLabel[];
  width?: number;
  height?: number;
  /** Room to the right of the frame for something else than labels. */
  marginRight?: number;
  /** Room above the frame, below the title and the y axis's label. */
  extraTop?: number;
  grid?: boolean;
}

const titleLine = 24;

/**
 * Marks on two axes with units, a title, and labels in the margin: one SVG element.
 *
 * @param marks Plot marks, drawn in order
 */
export function cartesianPlot(marks: Plot.Markish[], frame: CartesianFrame): FigureElement {
  const { x, y, labels = [], grid = true } = frame;
  const width = frame.width ?? figureSize.width;
  const height = frame.height ?? figureSize.height;
  // Bold letters are about a twelfth wider.
  const fontSize = figureSize.titleFont * 1.08;
  const titleLines = wrapText(frame.title, { width: width - 16, fontSize });
  const titleHeight = titleLines.length * titleLine + 8;
  const tickWidth = Math.max(
    0,
    ...y.ticks.flatMap(({ text }) => text.split("\n"))
      .map((line) => textWidth(line, figureSize.tickFont)),
  );
  const svg = Plot.plot({
    // deno-lint-ignore no-explicit-any -- Plot asks for the DOM library's Document
    document: figureDocument() as any,
    width,
    height: height + titleHeight,
    marginTop: titleHeight + 34 + (frame.extraTop ?? 0),
    marginRight: frame.marginRight ?? endLabelMargin(labels),
    marginBottom: 58,
    marginLeft: Math.ceil(tickWidth + 22),
    className: "unrolled-figure",
    x: { type: plotScale(x), domain: [x.domain.low, x.domain.high] },
    y: { type: plotScale(y), domain: [y.domain.low, y.domain.high] },
    marks: [
      grid
        ? [
          Plot.gridX(tickValues(x), gridStyle),
          Plot.gridY(y.isCategorical ? [] : tickValues(y), gridStyle),
        ]
        : null,
      Plot.axisX(tickValues(x), { tickFormat: tickFormat(x), tickSize: 5, label: null }),
      Plot.axisY(tickValues(y), {
        tickFormat: tickFormat(y),
        tickSize: y.isCategorical ? 0 : 5,
        label: null,
      }),
      ...marks,
      labels.length ? endLabels(labels) : null,
      frameTexts({
        titleLines,
        xTitle: axisTitle(x),
        yTitle: y.isCategorical ? axisTitle(y) : `↑ ${axisTitle(y)}`,
      }),
    ],
  }) as unknown as FigureElement;
  return finishFigure(svg, frame);
}

const gridStyle = { stroke: themeColour("ink"), strokeOpacity: 0.11 };

function plotScale({ scale }: FittedAxis): "linear" | "log" {
  return scale === "log" ? "log" : "linear";
}

function tickValues({ ticks }: FittedAxis): number[] {
  return ticks.map(({ value }) => value);
}

function tickFormat({ ticks }: FittedAxis): (value: number) => string {
  const texts = new Map(ticks.map(({ value, text }) => [value, text]));
  return (value) => texts.get(value) ?? "";
}

/** A mark: the title and the labels of both axes, the y axis's horizontal above it. */
function frameTexts(
  { titleLines, xTitle, yTitle }: { titleLines: string[]; xTitle: string; yTitle: string },
): Plot.Markish {
  const draw = (
    _index: unknown,
    _scales: unknown,
    _values: unknown,
    frame: { width: number; height: number; marginLeft: number; marginRight: number },
  ) => {
    const middle = (frame.marginLeft + frame.width - frame.marginRight) / 2;
    const below = titleLines.length * titleLine + 8;
    return svgElement("g", { fill: themeColour("ink") }, {
      children: [
        ...titleLines.map((text, row) =>
          svgElement("text", {
            x: 8,
            y: 22 + row * titleLine,
            "text-anchor": "start",
            "font-size": figureSize.titleFont,
            "font-weight": 600,
          }, { text })
        ),
        svgElement("text", {
          x: 8,
          y: below + 16,
          "text-anchor": "start",
          "font-size": figureSize.labelFont,
        }, { text: yTitle }),
        svgElement("text", {
          x: middle,
          y: frame.height - 14,
          "text-anchor": "middle",
          "font-size": figureSize.labelFont,
        }, { text: `${xTitle} →` }),
      ],
    });
  };
  return draw as unknown as Plot.Markish;
}
