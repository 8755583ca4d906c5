import type * as Plot from "@observablehq/plot";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { figureSize, themeColour } from "lib/figures/parts/figure_style.ts";
import { svgElement } from "lib/figures/parts/svg_element.ts";
import { textWidth, wrapText } from "lib/figures/parts/text_width.ts";

/** A label in the right margin, for the thing that ends at `(x, y)` in data units. */
export interface EndLabel {
  text: string;
  x: number;
  y: number;
  colour?: string;
  /** Measured series are bold; references are not. */
  bold?: boolean;
}

const fontSize = figureSize.labelFont;
const lineHeight = 18;
const gap = 14;
const widest = 200;

/** The right margin that the labels need, in pixels; 20 without labels. */
export function endLabelMargin(labels: readonly EndLabel[]): number {
  if (!labels.length) return 20;
  const widths = labels.flatMap(({ text, bold }) =>
    wrapText(text, { width: widest, fontSize }).map((line) =>
      textWidth(line, fontSize) * (bold ? 1.06 : 1)
    )
  );
  return Math.ceil(gap + Math.max(...widths) + 6);
}

/**
 * A mark: labels in the right margin, each beside the end of its line, moved apart where they would
 * overlap and then joined to the end by a thin leader.
 *
 * They take the place of a legend: the eye need not travel, and they need no colour to be told apart.
 */
export function endLabels(labels: readonly EndLabel[]): Plot.Markish {
  const draw = (
    _index: unknown,
    scales: { x: (value: number) => number; y: (value: number) => number },
    _values: unknown,
    frame: { width: number; height: number; marginRight: number; marginTop: number },
  ): FigureElement => {
    const placed = labels.map((label) => ({
      ...label,
      lines: wrapText(label.text, { width: widest, fontSize }),
      px: scales.x(label.x),
      py: scales.y(label.y),
    })).filter(({ px, py }) => Number.isFinite(px) && Number.isFinite(py));
    const centres = dodgeLabels(
      placed.map(({ py, lines }) => ({ position: py, size: lines.length * lineHeight })),
      { low: frame.marginTop - 10, high: frame.height - 26 },
    );
    const right = frame.width - frame.marginRight;
    return svgElement("g", { "font-size": fontSize, "text-anchor": "start" }, {
      children: placed.flatMap((label, index) =>
        drawLabel(label, { centre: centres[index], right })
      ),
    });
  };
  return draw as unknown as Plot.Markish;
}

function drawLabel(
  label: EndLabel & { lines: string[]; px: number; py: number },
  { centre, right }: { centre: number; right: number },
): FigureElement[] {
  const colour = label.colour ?? themeColour("ink");
  const isMoved = Math.abs(centre - label.py) > 3 || right - label.px > 3;
  const leader = svgElement("path", {
    d: `M${label.px + 3},${label.py}L${right},${label.py}L${right + gap - 3},${centre}`,
    fill: "none",
    stroke: colour,
    "stroke-opacity": 0.55,
    "stroke-dasharray": "1.5 2.5",
  });
  const texts = label.lines.map((line, row) =>
    svgElement("text", {
      x: right + gap,
      y: centre + (row - (label.lines.length - 1) / 2) * lineHeight,
      dy: "0.35em",
      fill: colour,
      "font-weight": label.bold ? 600 : undefined,
    }, { text: line })
  );
  return isMoved ? [leader, ...texts] : texts;
}

/** A label that wants to stand at `position` and takes `size` pixels around it. */
export interface DodgingLabel {
  position: number;
  size: number;
}

/**
 * Positions of labels on one line, moved as little as possible so that none overlap.
 *
 * The least-squares solution under "in order, sizes apart" (pool adjacent violators, isotonic
 * regression), then shifted into `[low, high]`. Where the room is too small for all of them the
 * labels keep their order and share it evenly.
 *
 * @param labels wanted centre and size of each, in pixels, any order
 * @returns the centre of each label, in the order given
 * @throws {RangeError} if a position is not finite
 */
export function dodgeLabels(
  labels: readonly DodgingLabel[],
  { low, high }: { low: number; high: number },
): number[] {
  for (const { position } of labels) {
    if (!Number.isFinite(position)) {
      throw new RangeError(`Cannot place a label: position is ${position}`);
    }
  }
  const order = labels.map((_, index) => index)
    .sort((a, b) => labels[a].position - labels[b].position || a - b);
  const total = labels.reduce((sum, { size }) => sum + size, 0);
  const shrink = total > high - low ? (high - low) / total : 1;
  // Subtracting each label's cumulative offset turns "sizes apart" into "not decreasing".
  const offsets: number[] = [];
  let end = 0;
  for (const index of order) {
    const size = labels[index].size * shrink;
    offsets.push(end + size / 2);
    end += size;
  }
  const blocks: { sum: number; count: number }[] = [];
  order.forEach((index, rank) => {
    let block = { sum: labels[index].position - offsets[rank], count: 1 };
    while (blocks.length && blocks.at(-1)!.sum / blocks.at(-1)!.count > block.sum / block.count) {
      const previous = blocks.pop()!;
      block = { sum: block.sum + previous.sum, count: block.count + previous.count };
    }
    blocks.push(block);
  });
  const placed = new Array<number>(labels.length);
  let rank = 0;
  for (const { sum, count } of blocks) {
    // Clamping the blocks' common value keeps the order and moves all of them inside.
    const shift = Math.min(Math.max(sum / count, low), high - end);
    for (let member = 0; member < count; member++, rank++) {
      placed[order[rank]] = shift + offsets[rank];
    }
  }
  return placed;
}
