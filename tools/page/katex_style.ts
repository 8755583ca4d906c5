/**
 * KaTeX's style sheet for the formulas on one page, with only the fonts these use, as data: URIs.
 *
 * The whole set of fonts weighs 300 kB; a page of ours uses two to five of them. Empty if the page holds no formula.
 */
export async function katexStyle(pageHtml: string): Promise<string> {
  const classes = classesIn(pageHtml);
  if (!classes.has("katex")) return "";
  const address = new URL(import.meta.resolve("katex/dist/katex.min.css"));
  const css = await Deno.readTextFile(address);
  const rules = css.replace(/@font-face\{[^}]*\}/g, "");
  const faces: string[] = [];
  for (const file of [...usedFonts(rules, classes)].sort()) {
    faces.push(await fontFace(file, new URL(`fonts/${file}.woff2`, address)));
  }
  return faces.join("") + rules;
}

function classesIn(html: string): Set<string> {
  const classes = new Set<string>();
  for (const match of html.matchAll(/\bclass="([^"]*)"/g)) {
    for (const name of match[1].split(/\s+/)) classes.add(name);
  }
  return classes;
}

/**
 * Names of the font files that a style sheet asks for on a page with these classes.
 *
 * A rule counts when each class of one of its selectors occurs on the page: it may ask for one font too many, never for one too few.
 */
export function usedFonts(css: string, classes: ReadonlySet<string>): Set<string> {
  const fonts = new Set(["KaTeX_Main-Regular"]);
  for (const [, selectors, declarations] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const family = /font-family:KaTeX_(\w+)/.exec(declarations)?.[1];
    const bold = /font-weight:(700|bold)/.test(declarations);
    const italic = /font-style:italic/.test(declarations);
    if (family === undefined && !bold && !italic) continue;
    const applies = selectors.split(",").some((selector) => {
      const names = [...selector.matchAll(/\.([\w-]+)/g)].map((match) => match[1]);
      return names.length > 0 && names.every((name) => classes.has(name));
    });
    if (applies) fonts.add(fontFile(family ?? "Main", { bold, italic }));
  }
  return fonts;
}

function fontFile(family: string, { bold, italic }: { bold: boolean; italic: boolean }): string {
  const style = (bold ? "Bold" : "") + (italic ? "Italic" : "");
  return `KaTeX_${family}-${style || "Regular"}`;
}

async function fontFace(file: string, address: URL): Promise<string> {
  const [family, style] = file.split("-");
  const bytes = await Deno.readFile(address);
  return `@font-face{font-family:${family};` +
    `font-style:${style.includes("Italic") ? "italic" : "normal"};` +
    `font-weight:${style.includes("Bold") ? 700 : 400};` +
    `src:url(data:font/woff2;base64,${bytes.toBase64()}) format("woff2")}`;
}
