import { figureThemeCss } from "lib/figures/figure_style.ts";
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
}

/**
 * A whole HTML page that needs nothing but itself: style, script, fonts and pictures are within.
 *
 * Its content security policy forbids every fetch, and every script but its own.
 */
export async function pageShell(parts: PageParts): Promise<string> {
  // The page's own ink and paper come later and win.
  const style = figureThemeCss() + await readBeside("page.css");
  const script = (await readBeside("page.js")).trim();
  const body = parts.main + parts.contents;
  const maths = await katexStyle(body);
  const policy = [
    "default-src 'none'",
    "img-src data:",
    "font-src data:",
    "style-src 'unsafe-inline'",
    `script-src '${await sha256Source(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
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
<button type="button" id="fold" aria-pressed="false" hidden>Hide all code</button>
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
<script>${script}</script>
</body>
</html>
`;
}

function readBeside(name: string): Promise<string> {
  return Deno.readTextFile(new URL(name, import.meta.url));
}

async function sha256Source(script: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
  return `sha256-${new Uint8Array(digest).toBase64()}`;
}
