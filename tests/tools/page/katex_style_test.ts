import { assert, assertEquals } from "@std/assert";
import { katexStyle, usedFonts } from "tools/page/katex_style.ts";
import { renderMaths } from "tools/page/maths.ts";

Deno.test("usedFonts() asks for the fonts of the classes on the page", () => {
  const css = ".katex .mathbf{font-family:KaTeX_Main;font-weight:700}" +
    ".katex .mathbb,.katex .amsrm{font-family:KaTeX_AMS}.katex .textit{font-style:italic}";
  const fonts = (...classes: string[]) => [...usedFonts(css, new Set(["katex", ...classes]))];
  assertEquals(fonts(), ["KaTeX_Main-Regular"]);
  assertEquals(fonts("mathbf"), ["KaTeX_Main-Regular", "KaTeX_Main-Bold"]);
  assertEquals(fonts("amsrm", "textit"), [
    "KaTeX_Main-Regular",
    "KaTeX_AMS-Regular",
    "KaTeX_Main-Italic",
  ]);
});

Deno.test("katexStyle() holds woff2 fonts as data: URIs and no other address", async () => {
  const html = renderMaths("\\mathbb{R}^n \\sum_{t} x_t", { display: true });
  const css = await katexStyle(html);
  const faces = [...css.matchAll(/@font-face\{font-family:(\w+)[^}]*url\(([^)]{0,30})/g)];
  assert(faces.some(([, family]) => family === "KaTeX_AMS"));
  assert(faces.length <= 5, `${faces.length} fonts`);
  assertEquals(faces.every(([, , address]) => address.startsWith("data:font/woff2;base64,")), true);
  assertEquals([...css.matchAll(/url\((?!data:)/g)].length, 0);
  assertEquals(await katexStyle("<p>no maths</p>"), "");
});
