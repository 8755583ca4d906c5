import { csvText, type DataRow } from "lib/figures/parts/csv_text.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { figureFonts, figureSize, themeColour } from "lib/figures/parts/figure_style.ts";
import { svgElement, svgNamespace } from "lib/figures/parts/svg_element.ts";

/** What every figure says about itself. */
export interface FigureText {
  /** One line, drawn above the figure and read out first. */
  title: string;
  /** What the figure shows, in sentences: its alternative text. */
  description: string;
  /** The plain records behind it, kept in the SVG's `<metadata>` as CSV. */
  data?: readonly DataRow[];
}

const numeric = ["d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "points"];
const rounded = [...numeric, "cx", "cy", "r", "rx", "dx", "dy"];

/**
 * Makes an SVG from Plot a figure that stands alone: namespace, role, alternative text, paper,
 * theme colours, coordinates rounded to a hundredth of a pixel.
 *
 * Rounding makes the same figure come out of engines whose last bits differ, and halves its size.
 * The element is changed in place and returned.
 */
export function finishFigure(
  svg: FigureElement,
  { title, description, data = [] }: FigureText,
): FigureElement {
  for (const style of svg.querySelectorAll("style")) style.remove();
  for (const element of svg.querySelectorAll("*")) roundAttributes(element);
  const { width, height } = viewBoxSize(svg);
  const attributes = {
    xmlns: svgNamespace,
    role: "img",
    class: "unrolled-figure",
    "aria-label": title,
    "font-family": figureFonts.text,
    "font-size": String(figureSize.tickFont),
    style: `max-width: 100%; height: auto; color: ${themeColour("ink")}`,
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  // Parts of an image are not read out one by one: the description stands for them.
  for (const part of svg.querySelectorAll("g")) part.removeAttribute("aria-label");
  const opening = [
    svgElement("title", {}, { text: title }),
    svgElement("desc", {}, { text: description }),
    ...(data.length ? [svgElement("metadata", {}, { text: csvText(data) })] : []),
    svgElement("rect", { width, height, fill: themeColour("paper") }),
  ];
  const first = svg.firstChild;
  for (const element of opening) svg.insertBefore(element, first);
  return svg;
}

/** The alternative text of a figure; empty if it has none. */
export function figureDescription(svg: FigureElement): string {
  return svg.querySelector("desc")?.textContent ?? "";
}

/** The data behind a figure as CSV; undefined if it carries none. */
export function figureCsv(svg: FigureElement): string | undefined {
  return svg.querySelector("metadata")?.textContent ?? undefined;
}

function viewBoxSize(svg: FigureElement): { width: number; height: number } {
  const [, , width, height] = (svg.getAttribute("viewBox") ?? "0 0 0 0").split(" ").map(Number);
  return { width, height };
}

function roundAttributes(element: FigureElement): void {
  for (const name of rounded) {
    const value = element.getAttribute(name);
    if (value?.includes(".")) element.setAttribute(name, roundNumbers(value));
  }
}

function roundNumbers(text: string): string {
  return text.replace(
    /-?\d+\.\d+(?:e-?\d+)?/g,
    (number) => String(Math.round(Number(number) * 100) / 100 || 0),
  );
}
