import { figureThemeCss } from "lib/figures/parts/figure_style.ts";
import { escapeHtml } from "tools/page/escape_html.ts";
import { katexStyle } from "tools/page/katex_style.ts";

/** The parts of a page. */
export interface PageParts {
  readonly title: string;
  readonly description: string;
  /** Links before the content: to the index, to the neighbours. */
  readonly navigation: string;
  /** The table of contents, or nothing. */
  readonly contents: string;
  readonly main: string;
  readonly footer: string;
  /** Style beside that of every page. */
  readonly style?: string;
  /** A program that this page runs beside the script of every page. */
  readonly program?: PageProgram;
}

/** A script of a page that does more than show. */
export interface PageProgram {
  readonly script: string;
  /** The code of its workers, for the script to find, by the id of the element that holds it. */
  readonly workers: Readonly<Record<string, string>>;
}

/**
 * A whole HTML page that needs nothing but itself: style, script, fonts and pictures are within.
 *
 * Its content security policy forbids every fetch, and every script but its own.
 */
export async function pageShell(parts: PageParts): Promise<string> {
  // The page's own ink and paper come later and win.
  const style = figureThemeCss() + await readBeside("page.css") + (parts.style ?? "");
  const scripts = [(await readBeside("page.js")).trim()];
  if (parts.program) scripts.push(inlineScript(parts.program.script));
  const body = parts.main + parts.contents;
  const maths = await katexStyle(body);
  const sources = await Promise.all(scripts.map(sha256Source));
  const policy = [
    "default-src 'none'",
    "img-src data:",
    "font-src data:",
    "style-src 'unsafe-inline'",
    // A worker inherits this: its own kernels are WebAssembly, and its threads come as data.
    `script-src ${sources.map((source) => `'${source}'`).join(" ")}${
      parts.program ? " 'wasm-unsafe-eval' blob: data:" : ""
    }`,
    ...parts.program ? ["worker-src blob: data:"] : [],
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const workers = Object.entries(parts.program?.workers ?? {}).map(([id, source]) =>
    `<script type="text/plain" id="${id}">${inlineScript(source)}</script>\n`
  ).join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(parts.title)}</title>
<meta name="description" content="${escapeHtml(parts.description)}">
<link rel="icon" href="data:,">
<style>${maths}${style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="bar">
<nav aria-label="Lecture">${parts.navigation}</nav>
<div class="controls">
<button type="button" id="fold" hidden>Show all code</button>
<button type="button" id="theme" hidden>Theme: automatic</button>
</div>
</header>
<div class="${parts.contents === "" ? "layout" : "layout with-contents"}">
${parts.contents}
<main id="content" tabindex="-1">
${parts.main}
</main>
</div>
<footer>${parts.footer}</footer>
${workers}${scripts.map((script) => `<script>${script}</script>`).join("\n")}
</body>
</html>
`;
}

/** A script that stands in a page must not hold what ends one; inside its strings the two mean the same. */
function inlineScript(script: string): string {
  return script.trim().replace(/<(?=\/script|!--)/gi, "\\x3c");
}

function readBeside(name: string): Promise<string> {
  return Deno.readTextFile(new URL(name, import.meta.url));
}

async function sha256Source(script: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
  return `sha256-${new Uint8Array(digest).toBase64()}`;
}
