import * as Plot from "@observablehq/plot";
import type { FittedAxis } from "lib/figures/parts/axis.ts";
import { cartesianPlot } from "lib/figures/parts/cartesian_plot.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { figureSize, seriesColour, themeColour } from "lib/figures/parts/figure_style.ts";
import { wrapText } from "lib/figures/parts/text_width.ts";

/** How often a gate is all but shut or all but open. */
export interface GateShare {
  /** As in "LSTM, forget". */
  gate: string;
  /** As in "trained". */
  series: string;
  /** Shares of values below 0.1 and above 0.9. */
  closed: number;
  open: number;
}

const bar = 22;
const between = 14;

/**
 * Gates by the share of their values below 0.1, to the left, and above 0.9, to the right.
 *
 * What is missing to 100 % lies in between, where a gate lets a part through and its own gradient
 * flows.
 *
 * @throws {RangeError} if there are no gates
 */
export function gateChart(
  shares: readonly GateShare[],
  { title, closed = "below 0.1", open = "above 0.9", category = "gate" }: {
    title: string;
    closed?: string;
    open?: string;
    category?: string;
  },
): FigureElement {
  if (shares.length === 0) throw new RangeError(`Cannot draw "${title}": there are no gates`);
  const names = [...new Set(shares.map(({ series }) => series))];
  let at = between / 2;
  const rows = shares.map((share, place) => {
    if (place > 0 && shares[place - 1].gate !== share.gate) at += between;
    const top = at;
    at += bar;
    const colour = seriesColour(names.indexOf(share.series));
    return { ...share, top, bottom: top + bar - 2, middle: top + bar / 2, colour };
  });
  const gates = [...Map.groupBy(rows, ({ gate }) => gate)];
  const y: FittedAxis = {
    ...{ label: category, unit: null, scale: "linear", isCategorical: true },
    domain: { low: at + between / 2, high: 0 },
    ticks: gates.map(([gate, own]) => ({
      value: (own[0].top + own[own.length - 1].bottom) / 2,
      text: wrapText(gate, { width: 170, fontSize: figureSize.tickFont }).join("\n"),
    })),
  };
  const x: FittedAxis = {
    ...{ label: `← ${closed} · share of values · ${open}`, unit: null, scale: "linear" },
    domain: { low: -1.25, high: 1.25 },
    ticks: [-1, -0.5, 0, 0.5, 1].map((value) => ({ value, text: `${Math.abs(100 * value)} %` })),
  };
  const percent = (share: number) => {
    if (share > 0 && share < 0.0005) return "< 0.1 %";
    return `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
  };
  const text = {
    ...{ y: "middle", fontSize: 13, fill: themeColour("ink") },
    ...{ stroke: themeColour("paper"), strokeWidth: 4 },
  };
  return cartesianPlot([
    Plot.rect(rows, {
      ...{ x1: (d) => -d.closed, x2: (d) => d.open, y1: "top", y2: "bottom" },
      ...{ fill: "colour", fillOpacity: 0.62 },
    }),
    Plot.ruleX([0], { stroke: themeColour("ink") }),
    Plot.text(rows, {
      ...{ x: (d) => -d.closed, text: (d) => percent(d.closed), textAnchor: "end", dx: -6 },
      ...text,
    }),
    Plot.text(rows, {
      x: (d) => d.open,
      text: (d) => `${percent(d.open)}, ${d.series}`,
      ...{ textAnchor: "start", dx: 6 },
      ...text,
    }),
  ], {
    title,
    description: `Shares of values ${closed} and ${open}. ${
      rows.map((d) => `${d.gate}, ${d.series}: ${percent(d.closed)} and ${percent(d.open)}`)
        .join("; ")
    }.`,
    data: rows.map(({ gate, series, closed, open }) => ({ gate, series, closed, open })),
    x,
    y,
    marginRight: 24,
    height: 104 + at,
  });
}
