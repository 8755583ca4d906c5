import { escapeHtml } from "tools/page/escape_html.ts";
import { type MarkupElement, sanitiseSvg } from "tools/page/safe_markup.ts";
import type { UniqueIds } from "tools/page/unique_ids.ts";

/** What `showFigure` says of a figure beside its SVG. */
export interface FigureRecord {
  readonly caption?: string;
  /** The figure in words, for those who do not see it. */
  readonly alt?: string;
  /** The data behind the marks, as CSV. */
  readonly csv?: string;
}

/** Options of `renderFigure`. */
export interface FigureOptions {
  readonly ids: UniqueIds;
  readonly record: FigureRecord;
  /** The caption as HTML, without a paragraph around it. */
  readonly captionHtml?: string;
  /** Name of the CSV file offered, without its ending. */
  readonly fileName: string;
}

/**
 * An SVG as a `<figure>` of the page: inlined, so that the page's colours reach it, with its ids made unique and its words for screen readers kept.
 *
 * Undefined if the text holds no SVG.
 */
export function renderFigure(svg: string, options: FigureOptions): string | undefined {
  const safe = sanitiseSvg(svg);
  if (safe === undefined) return undefined;
  const { root, metadata } = safe;
  const id = options.ids.take("figure");
  const alt = alternativeText(root, options.record);
  prefixIds(root, `${id}-`);
  root.setAttribute("role", "img");
  root.setAttribute("aria-label", alt);
  // The label says it all; two names for one picture would be read twice.
  root.removeAttribute("aria-labelledby");
  root.removeAttribute("aria-describedby");
  keepProportions(root);
  const caption = options.captionHtml === undefined
    ? ""
    : `<figcaption>${options.captionHtml}</figcaption>`;
  return `<figure id="${id}"><div class="picture">${root.outerHTML}</div>${caption}` +
    `<div class="figure-tools">${
      csvLink(options.record.csv ?? csvIn(metadata), options.fileName)
    }` +
    `<button type="button" class="enlarge" aria-pressed="false" hidden>Enlarge</button></div></figure>`;
}

/** A figure's words: those given, else those in the SVG, else its caption. */
function alternativeText(root: MarkupElement, record: FigureRecord): string {
  const own = root.querySelector("desc")?.textContent || root.getAttribute("aria-label") ||
    root.querySelector("title")?.textContent;
  return (record.alt || own || record.caption || "A figure without a description").trim();
}

/** Figures of ours keep their data in `<metadata>`; other drawing programs keep other things there. */
function csvIn(metadata: string | undefined): string | undefined {
  const text = metadata?.trim() ?? "";
  return /^[^<\n,]*,[^<\n]*\n/.test(text) ? text : undefined;
}

function csvLink(csv: string | undefined, fileName: string): string {
  if (!csv) return "";
  const address = `data:text/csv;charset=utf-8,${encodeURIComponent(csv)}`;
  return `<a class="download" download="${escapeHtml(fileName)}.csv" href="${
    escapeHtml(address)
  }">Download data (CSV)</a>`;
}

/** Two figures of one page may both call something `clip-1`. */
function prefixIds(root: MarkupElement, prefix: string): void {
  const elements = [root, ...root.querySelectorAll("*")];
  const renamed = new Map<string, string>();
  for (const element of elements) {
    const id = element.getAttribute("id");
    if (id === null) continue;
    renamed.set(id, prefix + id);
    element.setAttribute("id", prefix + id);
  }
  if (renamed.size === 0) return;
  const newId = (id: string) => renamed.get(id) ?? id;
  for (const element of elements) {
    for (const { name, value } of [...element.attributes]) {
      if (name === "href" || name === "xlink:href") {
        if (value.startsWith("#")) element.setAttribute(name, `#${newId(value.slice(1))}`);
      } else if (name === "aria-labelledby" || name === "aria-describedby") {
        element.setAttribute(name, value.split(/\s+/).map(newId).join(" "));
      } else if (value.includes("url(")) {
        element.setAttribute(name, renameUrls(value, newId));
      }
    }
    if (element.localName === "style") {
      element.textContent = renameUrls(element.textContent, newId);
    }
  }
}

function renameUrls(text: string, newId: (id: string) => string): string {
  return text.replace(
    /url\(\s*(['"]?)#([^'"()\s]+)\1\s*\)/g,
    (_match, _quote, id) => `url(#${newId(id)})`,
  );
}

/** Without a view box an SVG would be cut, not scaled, on a narrow screen. */
function keepProportions(root: MarkupElement): void {
  const width = Number.parseFloat(root.getAttribute("width") ?? "");
  const height = Number.parseFloat(root.getAttribute("height") ?? "");
  if (root.getAttribute("viewBox") === null && width > 0 && height > 0) {
    root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }
}
