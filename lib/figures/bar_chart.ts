import * as Plot from "@observablehq/plot";
import { type Axis, axisTitle, fitAxis, type FittedAxis } from "lib/figures/parts/axis.ts";
import { cartesianPlot } from "lib/figures/parts/cartesian_plot.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { figureSize, seriesColour, themeColour } from "lib/figures/parts/figure_style.ts";
import { numberText } from "lib/figures/parts/number_text.ts";
import { referenceMarks, topLabelRoom } from "lib/figures/parts/reference_lines.ts";
import { textWidth, wrapText } from "lib/figures/parts/text_width.ts";
import { medianWithSpread } from "lib/figures/series.ts";

/** A bar: what it stands for, its value, and the spread over runs where there is one. */
export interface Bar {
  label: string;
  value: number;
  low?: number;
  high?: number;
  /** Bars of one label in several colours: the name of this one among them. */
  series?: string;
}

/** Axes, references and texts of a bar chart. */
export interface BarChartOptions {
  title: string;
  /** The axis of the values. */
  value: Axis;
  /** What the bars are: "model", "initialisation". */
  category: string;
  /** Predictions, drawn across the bars. */
  references?: readonly { label: string; value: number }[];
  description?: string;
}

/** Pixels of a frame that is narrow for its long names. */
const leastFrame = 360;

const thickness = { alone: 30, grouped: 24, between: 14 };

/**
 * Lying bars, each with its value beside it, whiskers for the spread, and predictions as lines.
 *
 * Bars lie so that their names can be read; with `series`, bars of neighbouring records of one label
 * stand together, each with its series' name beside the value.
 *
 * @throws {RangeError} if no value is finite
 */
export function barChart(bars: readonly Bar[], options: BarChartOptions): FigureElement {
  const references = (options.references ?? []).map(({ label, value }) => ({ label, x: value }));
  const x = fitAxis(options.value, {
    values: [
      ...(options.value.scale === "log" ? [] : [0]),
      ...bars.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
      ...references.map((reference) => reference.x),
    ],
  });
  const { rows, categories, length } = layOut(bars);
  const y: FittedAxis = {
    label: options.category,
    unit: null,
    scale: "linear",
    isCategorical: true,
    domain: { low: length, high: 0 },
    ticks: categories.map(({ label, middle }) => ({
      value: middle,
      text: wrapText(label, { width: 170, fontSize: figureSize.tickFont }).join("\n"),
    })),
  };
  const hasFractions = bars.some(({ value }) => !Number.isInteger(value));
  const baseline = x.scale === "log" ? x.domain.low : 0;
  const hasPlace = (value = NaN) => Number.isFinite(value) && (x.scale !== "log" || value > 0);
  const shown = rows.filter(({ value }) => hasPlace(value));
  const textOf = ({ value, series }: Bar) =>
    `${series === undefined ? "" : `${series} `}${
      numberText(value, { digits: 3, keepZeros: hasFractions })
    }`;
  const texts = {
    y: "middle",
    text: textOf,
    fill: themeColour("ink"),
    stroke: themeColour("paper"),
    strokeWidth: 4,
  };
  const crossed = references.map((reference) => reference.x).sort((a, b) => a - b);
  const textStart = (row: Row) => clearOf(crossed, { bar: row, text: textOf(row), x });
  return cartesianPlot([
    Plot.rect(shown, {
      x1: baseline,
      x2: "value",
      y1: "top",
      y2: "bottom",
      fill: "colour",
      fillOpacity: 0.62,
    }),
    Plot.ruleX([baseline], { stroke: themeColour("ink") }),
    Plot.link(shown.filter(({ low, high }) => hasPlace(low) && hasPlace(high)), {
      x1: "low",
      x2: "high",
      y1: "middle",
      y2: "middle",
      stroke: themeColour("ink"),
      strokeWidth: 2.5,
    }),
    ...referenceMarks(references),
    Plot.text(rows, { x: textStart, textAnchor: "start", dx: 8, ...texts }),
  ], {
    title: options.title,
    description: options.description ?? describeBars(bars, options),
    data: bars.map(({ label, series, value, low, high }) => ({ label, series, value, low, high })),
    x,
    y,
    height: 104 + length,
    extraTop: topLabelRoom(references),
    marginRight: Math.max(96, ...rows.map((row) => roomFor(textOf(row), x, textStart(row)))),
  });
}

interface Row extends Bar {
  top: number;
  middle: number;
  bottom: number;
  colour: string;
}

/** Where along the axis a value lies, from 0 to 1. */
function shareOf(value: number, { domain, scale }: FittedAxis): number {
  const place = scale === "log" ? Math.log : (value: number) => value;
  return (place(value) - place(domain.low)) / (place(domain.high) - place(domain.low));
}

/** Where a bar's text starts: at its end, or past the last of the lines that would cross the text. */
function clearOf(
  lines: readonly number[],
  { bar, text, x }: { bar: Bar; text: string; x: FittedAxis },
): number {
  const baseline = x.scale === "log" ? x.domain.low : 0;
  const ends = [baseline, bar.value, bar.high ?? baseline].filter(Number.isFinite);
  let start = Math.max(...ends);
  const length = (textWidth(text, figureSize.tickFont) + 12) / leastFrame;
  for (const line of lines) {
    const distance = shareOf(line, x) - shareOf(start, x);
    if (distance > 0 && distance < length) start = line;
  }
  return start;
}

/** What a text beside its bar takes of the right margin, in pixels. */
function roomFor(text: string, x: FittedAxis, start: number): number {
  return textWidth(text, figureSize.tickFont) + 12 - (1 - shareOf(start, x)) * leastFrame;
}

/** The place of every bar, in pixels from the top of the frame. */
function layOut(bars: readonly Bar[]) {
  const isGrouped = bars.some(({ series }) => series !== undefined);
  const names = [...new Set(bars.map(({ series }) => series))];
  const rows: Row[] = [];
  const categories: { label: string; middle: number }[] = [];
  let at = thickness.between / 2;
  bars.forEach((bar, index) => {
    const isFirst = bars[index - 1]?.label !== bar.label;
    if (isFirst && index > 0) at += thickness.between;
    const bottom = at + (isGrouped ? thickness.grouped : thickness.alone);
    const middle = (at + bottom) / 2;
    rows.push({ ...bar, top: at, middle, bottom, colour: seriesColour(names.indexOf(bar.series)) });
    if (isFirst) categories.push({ label: bar.label, middle });
    else {
      const category = categories[categories.length - 1];
      const first = rows.find(({ label }) => label === category.label)!;
      category.middle = (first.top + bottom) / 2;
    }
    at = bottom + (isGrouped ? 2 : 0);
  });
  return { rows, categories, length: at + thickness.between / 2 };
}

function describeBars(bars: readonly Bar[], { value: axis, references = [] }: BarChartOptions) {
  const texts = bars.map(({ label, series, value, low, high }) => {
    const spread = low === undefined || high === undefined
      ? ""
      : ` (${numberText(low, { digits: 3 })} to ${numberText(high, { digits: 3 })})`;
    const name = series === undefined ? label : `${label}, ${series}`;
    return `${name}: ${numberText(value, { digits: 3 })}${spread}`;
  });
  return `Bars of ${axisTitle(axis)}. ${texts.join("; ")}.` +
    references.map(({ label, value }) => ` Line at ${numberText(value)}: ${label}.`).join("");
}

/**
 * A bar at the median of several runs, with the least and the greatest as whiskers.
 *
 * @throws {RangeError} if there are no values
 */
export function spreadBar(
  label: string,
  values: readonly number[],
  { series }: { series?: string } = {},
): Bar {
  if (values.length === 0) {
    throw new RangeError(`Cannot draw the bar "${label}": it has no values.`);
  }
  const [{ y, low, high }] = medianWithSpread([values.map((y) => ({ x: 0, y }))]);
  return { label, value: y, low, high, ...(series !== undefined && { series }) };
}
