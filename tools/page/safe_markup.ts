import { DOMParser, parseHTML } from "linkedom";

/** What this module needs of a DOM element; linkedom's own types ask for the browser's. */
export interface MarkupElement {
  readonly localName: string;
  readonly children: Iterable<MarkupElement>;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  textContent: string;
  innerHTML: string;
  readonly outerHTML: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  querySelector(selector: string): MarkupElement | null;
  querySelectorAll(selector: string): Iterable<MarkupElement>;
  remove(): void;
}

const htmlTags = "a abbr b blockquote br caption code col colgroup dd del details div dl dt em " +
  "figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span " +
  "strong style sub summary sup table tbody td tfoot th thead time tr u ul var wbr";
const svgTags = "svg g path rect circle ellipse line polyline polygon text tspan textPath title " +
  "desc defs clipPath mask pattern linearGradient radialGradient stop marker symbol use image " +
  "filter feGaussianBlur feOffset feBlend feColorMatrix feMerge feMergeNode";
const allowedTags = new Set(`${htmlTags} ${svgTags}`.toLowerCase().split(" "));
/** Taken away with all that is in them; other unknown elements leave their children behind. */
const withContent = new Set(
  "script iframe object embed link meta base form noscript template foreignobject metadata".split(
    " ",
  ),
);

/**
 * A fragment of HTML without anything that runs, or fetches from elsewhere: scripts, handlers, frames, forms, addresses of resources.
 *
 * Links stay: they are the reader's choice. Pictures stay as data: URIs.
 */
export function sanitiseHtml(html: string): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>") as unknown as {
    document: { body: MarkupElement };
  };
  const { body } = document;
  body.innerHTML = html;
  cleanChildren(body);
  return body.innerHTML;
}

/** A standalone SVG cleaned the same way, and the text of its `<metadata>`. */
export interface SafeSvg {
  readonly root: MarkupElement;
  readonly metadata?: string;
}

/** The same for a standalone SVG; undefined if the text holds no `<svg>`. */
export function sanitiseSvg(svg: string): SafeSvg | undefined {
  const document = new DOMParser().parseFromString(svg, "image/svg+xml");
  const root = document.querySelector("svg") as unknown as MarkupElement | null;
  if (root === null) return undefined;
  const metadata = root.querySelector("metadata")?.textContent;
  cleanAttributes(root);
  cleanChildren(root);
  return { root, metadata };
}

function cleanChildren(parent: MarkupElement): void {
  for (const child of [...parent.children]) {
    const tag = child.localName.toLowerCase();
    if (withContent.has(tag)) {
      child.remove();
    } else if (!allowedTags.has(tag)) {
      cleanChildren(child);
      (child as unknown as { replaceWith(...nodes: unknown[]): void }).replaceWith(
        ...(child as unknown as { childNodes: unknown[] }).childNodes,
      );
    } else {
      cleanAttributes(child);
      if (tag === "style") child.textContent = cleanCss(child.textContent);
      cleanChildren(child);
    }
  }
}

function cleanAttributes(element: MarkupElement): void {
  for (const { name, value } of [...element.attributes]) {
    const lower = name.toLowerCase();
    if (lower.startsWith("on") || lower === "srcdoc" || lower === "srcset") {
      element.removeAttribute(name);
    } else if (lower === "style") {
      element.setAttribute(name, cleanCss(value));
    } else if (lower === "href" || lower === "xlink:href" || lower === "src") {
      if (!isSafeAddress(value, { tag: element.localName.toLowerCase() })) {
        element.removeAttribute(name);
      }
    } else if (/url\(/i.test(value) && !/^\s*url\(\s*['"]?#/i.test(value)) {
      element.removeAttribute(name);
    }
  }
}

/** Only a link may lead away from the page; a resource is within the page or a data: URI. */
function isSafeAddress(value: string, { tag }: { tag: string }): boolean {
  const address = [...value].filter((character) => character > " ").join("");
  if (address.startsWith("#")) return true;
  if (/^data:image\/(png|jpeg|gif|webp)[;,]/i.test(address)) return tag !== "a";
  return tag === "a" &&
    (/^(https?:|mailto:)/i.test(address) || !/^[a-z][a-z0-9+.-]*:/i.test(address));
}

function cleanCss(css: string): string {
  return css
    .replace(/@import[^;]*;?/gi, "")
    .replace(/url\(\s*(['"]?)(?!#|['"]?data:)[^)]*\)?/gi, "none")
    .replace(/<\/?\w/g, "");
}

const inlineTags = new Set(
  ("abbr b br code dd del details div dl dt em h3 h4 hr i ins kbd li mark ol p q s samp small " +
    "span strong sub summary sup table tbody td th thead tr u ul var wbr").split(" "),
);

/**
 * HTML inside Markdown, tag by tag: plain mark-up such as `<details>` or `<kbd>` stays, without its attributes, and any other tag becomes text.
 *
 * Markdown hands over an opening and a closing tag separately, so that no fragment can be parsed as a whole.
 */
export function plainTagsOnly(html: string): string {
  return html.replace(/<!--[\s\S]*?(?:-->|$)/g, "").replace(
    /<(\/?)([A-Za-z][\w-]*)((?:"[^"<]*"|'[^'<]*'|[^'"<>])*)>|<|>/g,
    (whole, slash?: string, name?: string, attributes?: string) => {
      if (name === undefined || !inlineTags.has(name.toLowerCase())) {
        return whole.replace(/</g, "&lt;").replace(/>/g, "&gt;");
      }
      const open = /(^|\s)open(\s|=|$)/.test(attributes ?? "") && slash === "" ? " open" : "";
      return `<${slash}${name.toLowerCase()}${open}>`;
    },
  );
}
