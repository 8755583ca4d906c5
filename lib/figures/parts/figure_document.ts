import { parseHTML } from "linkedom";

/** The part of a DOM element that figures use: linkedom's, or a browser's. */
export interface FigureElement {
  readonly outerHTML: string;
  readonly tagName: string;
  textContent: string | null;
  readonly firstChild: FigureElement | null;
  readonly children: Iterable<FigureElement>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  append(...children: FigureElement[]): void;
  insertBefore(child: FigureElement, before: FigureElement | null): void;
  querySelector(selectors: string): FigureElement | null;
  querySelectorAll(selectors: string): Iterable<FigureElement>;
  cloneNode(deep: boolean): FigureElement;
  remove(): void;
}

/** The part of a DOM document that figures use. */
export interface FigureDocument {
  createElementNS(namespace: string, name: string): FigureElement;
}

let shared: FigureDocument | undefined;

/** The document that figures are made in: the page's own in a browser, linkedom's elsewhere. */
export function figureDocument(): FigureDocument {
  const page = (globalThis as { document?: FigureDocument }).document;
  if (page) return page;
  // linkedom's types assume the DOM library, which a Deno program does not load.
  shared ??= (parseHTML("<html><body></body></html>") as unknown as { document: FigureDocument })
    .document;
  return shared;
}
