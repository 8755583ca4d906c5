import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { markdownTable } from "lib/lecture/markdown_display.ts";
import { codeBlock, codeSpan, escapeMarkdown } from "lib/lecture/quoted_text.ts";
import { createHighlight } from "tools/page/highlight.ts";
import { createMarkdown } from "tools/page/markdown.ts";
import type { MarkupElement } from "tools/page/safe_markup.ts";
import { UniqueIds } from "tools/page/unique_ids.ts";
import { parseHTML } from "linkedom";

const markdown = createMarkdown(await createHighlight());

/** The page's text and the names of its elements, each once. */
function rendered(source: string): { text: string; tags: string } {
  const html = markdown(source, { ids: new UniqueIds(), headings: [] });
  const { document } = parseHTML(
    `<!doctype html><html><body>${html}</body></html>`,
  ) as unknown as { document: { body: MarkupElement } };
  const names = [...document.body.querySelectorAll("*")].map((one) => one.localName);
  return { text: document.body.textContent, tags: [...new Set(names)].join(" ") };
}

const nasty = [
  "<img src=x onerror=alert(1)>",
  "<b>bold</b> <!-- gone -->",
  "*a* **b** _c_ ~~d~~ ~e~",
  "$x$ and $$y$$",
  "```",
  "`a` ``b`` `",
  "~~~~~~~~~",
  "a | b",
  "[a](b) ![c](d) [e]: f",
  "\\ \\* \\\\ \\",
  "&lt;b&gt; &amp; &#65; &copy &copy;",
  "rnn_tanh _x_ 1_000",
  "http://a.example <http://b.example>",
];
const texts = fc.oneof(
  fc.constantFrom(...nasty),
  fc.array(fc.constantFrom(..."ab <>&;#*_$`~|[]()!\\{}".split("")), { minLength: 1, maxLength: 24 })
    .map((letters) => letters.join("")),
);
const line = texts.map((text) => `x${text.replaceAll(/\s+/g, " ")}x`);

Deno.test("codeSpan() shows any text as it is, on a line", () => {
  fc.assert(fc.property(line, (text) => {
    const { text: shown, tags } = rendered(`Wrote ${codeSpan(text)}.`);
    assertEquals([shown.trim(), tags], [`Wrote ${text}.`, "p code"]);
  }));
  assertEquals(codeSpan("a\n\n b"), "`a b`");
  assertEquals(codeSpan("`"), "`` ` ``");
  assertEquals(codeSpan(""), "");
});

Deno.test("codeBlock() shows any text as it is, in its own lines", () => {
  fc.assert(fc.property(fc.array(texts, { minLength: 1 }), (lines) => {
    const { text, tags } = rendered(codeBlock(["x", ...lines, "x"].join("\n")));
    assertEquals(text.trim(), ["x", ...lines, "x"].join("\n"));
    assertEquals(/img|strong|em|katex|table|\ba\b/.test(tags), false, tags);
  }));
  assertEquals(codeBlock("~~~~~~"), "~~~~~~~text\n~~~~~~\n~~~~~~~");
});

Deno.test("escapeMarkdown() shows any text as it is, on a line", () => {
  fc.assert(fc.property(line, (text) => {
    const { text: shown, tags } = rendered(`Wrote ${escapeMarkdown(text)}.`);
    assertEquals([shown.trim(), tags], [`Wrote ${text}.`, "p"]);
  }));
  assertEquals(escapeMarkdown("rnn_tanh, P(a)\nis 1"), "rnn_tanh, P(a) is 1");
});

Deno.test("markdownTable() shows any text in its cell, plain or as code", () => {
  fc.assert(fc.property(line, (text) => {
    const { text: shown, tags } = rendered(markdownTable([{ a: text, b: { code: text } }]));
    assertEquals(shown.trim().split(/\n+/).slice(-2).map((one) => one.trim()), [text, text]);
    assertEquals(tags, "div table thead tr th tbody td code");
  }));
});
