import { csvText, type DataRow } from "lib/figures/parts/csv_text.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { figureCsv, figureDescription } from "lib/figures/parts/finish_figure.ts";
import { type DisplayBundle, messageLimit, sendDisplay } from "lib/lecture/display_message.ts";

/** The mime type of a figure's caption, alternative text and data. */
export const figureMime = "application/vnd.unrolled.figure+json";

/** What goes with a figure. */
export interface FigureDisplayOptions {
  /** What to look at, in markdown. */
  caption: string;
  /** Alternative text; the figure's own description unless told. */
  alt?: string;
  /** The records behind it; those the figure carries unless told. */
  data?: readonly DataRow[];
}

/**
 * Shows a figure and, below it, its caption. Outside a kernel nothing is shown.
 *
 * @throws {TypeError} if the figure has no alternative text at all
 * @throws {RangeError} if the SVG alone is over 2 MB
 */
export async function showFigure(
  svg: FigureElement,
  options: FigureDisplayOptions,
): Promise<void> {
  await sendDisplay(figureBundle(svg, options));
  await sendDisplay({ "text/markdown": options.caption, "text/plain": options.caption });
}

/**
 * A figure as representations: the SVG, its alternative text, and a record with caption and CSV.
 *
 * The data moves out of the SVG's `<metadata>` into the record, so that it travels once; it is left
 * out where the message would grow too large for the kernel.
 */
export function figureBundle(
  svg: FigureElement,
  { caption, alt = figureDescription(svg), data }: FigureDisplayOptions,
): DisplayBundle {
  if (!alt.trim()) throw new TypeError(`Cannot show a figure without alternative text: ${caption}`);
  const csv = data ? csvText(data) : figureCsv(svg);
  const shown = svg.cloneNode(true);
  shown.querySelector("metadata")?.remove();
  const description = shown.querySelector("desc");
  if (description) description.textContent = alt;
  const markup = shown.outerHTML;
  const hasRoom = csv !== undefined && markup.length + csv.length < messageLimit * 0.9;
  return {
    "image/svg+xml": markup,
    [figureMime]: { caption, alt, ...(hasRoom && { csv }) },
    "text/plain": alt,
  };
}
