import { figureDocument, type FigureElement } from "lib/figures/parts/figure_document.ts";

/** The namespace of SVG. */
export const svgNamespace = "http://www.w3.org/2000/svg";

/**
 * A new SVG element with its attributes set; `undefined` attributes are left out.
 *
 * @example
 * ```ts
 * import { svgElement } from "lib/figures/parts/svg_element.ts";
 * import { assertEquals } from "@std/assert";
 * const line = svgElement("line", { x1: 0, x2: 10, stroke: undefined });
 * assertEquals(line.getAttribute("x2"), "10");
 * ```
 */
export function svgElement(
  name: string,
  attributes: Record<string, string | number | undefined> = {},
  { text, children = [] }: { text?: string; children?: FigureElement[] } = {},
): FigureElement {
  const element = figureDocument().createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(key, String(value));
  }
  if (text !== undefined) element.textContent = text;
  element.append(...children);
  return element;
}
