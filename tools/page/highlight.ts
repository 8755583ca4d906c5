import { createHighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { escapeHtml } from "tools/page/escape_html.ts";

/** Turns source code into HTML; a language that is not known comes out as plain text. */
export type Highlight = (code: string, language: string) => string;

const aliases: Record<string, string> = {
  js: "javascript",
  ts: "typescript",
  py: "python",
  bash: "shellscript",
  sh: "shellscript",
  shell: "shellscript",
  console: "shellscript",
};

/** Both themes keep a contrast of 4.5 on the page's code background; the page chooses by its colour scheme. */
const themes = { light: "github-light-high-contrast", dark: "github-dark-default" };

let loaded: Promise<Highlight> | undefined;

/** A highlighter for the languages of a lecture: TypeScript, JavaScript, JSON, Python and the shell. */
export function createHighlight(): Promise<Highlight> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Highlight> {
  const highlighter = await createHighlighterCore({
    themes: [
      import("shiki/themes/github-light-high-contrast.mjs"),
      import("shiki/themes/github-dark-default.mjs"),
    ],
    langs: [
      import("shiki/langs/typescript.mjs"),
      import("shiki/langs/javascript.mjs"),
      import("shiki/langs/json.mjs"),
      import("shiki/langs/python.mjs"),
      import("shiki/langs/shellscript.mjs"),
    ],
    engine: createJavaScriptRegexEngine(),
  });
  const known = new Set(highlighter.getLoadedLanguages());
  return (code, language) => {
    const name = language.trim().toLowerCase();
    const lang = aliases[name] ?? name;
    if (!known.has(lang)) return `<pre class="code-text"><code>${escapeHtml(code)}</code></pre>`;
    // The colours are custom properties: the style sheet picks one with light-dark().
    return highlighter.codeToHtml(code, { lang, themes, defaultColor: false })
      .replace(/^<pre class="[^"]*" style="[^"]*" tabindex="0"/, '<pre class="code-text"');
  };
}
