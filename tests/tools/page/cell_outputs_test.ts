import { assertEquals, assertStringIncludes } from "@std/assert";
import type { IOutput } from "@jupyterlab/nbformat";
import { renderOutputs } from "tools/page/cell_outputs.ts";
import { createHighlight } from "tools/page/highlight.ts";
import { createMarkdown } from "tools/page/markdown.ts";
import { UniqueIds } from "tools/page/unique_ids.ts";
import { display } from "../lecture/sample_notebook.ts";
import { sampleSvg } from "./sample_page.ts";

const render = createMarkdown(await createHighlight());
const show = (...outputs: IOutput[]) =>
  renderOutputs(outputs, {
    render,
    context: { ids: new UniqueIds(), headings: [] },
    fileStem: "a",
  });

Deno.test("renderOutputs() shows printed text as it is, without terminal colours", () => {
  const output = {
    output_type: "stream",
    name: "stdout",
    text: ["\u001b[31ma < b\u001b[0m\n", " c\n"],
  };
  assertEquals(show(output as IOutput), '<pre class="text-output">a &lt; b\n c</pre>');
});

Deno.test("renderOutputs() picks the richest form it can show", () => {
  assertStringIncludes(show(display({ "text/html": "<b>x</b>", "text/plain": "x" })), "<b>x</b>");
  assertStringIncludes(show(display({ "text/markdown": "*x*", "text/plain": "x" })), "<em>x</em>");
  assertStringIncludes(show(display({ "text/latex": "$x^2$" })), "katex-display");
  assertStringIncludes(show(display({ "application/json": { a: 1 } })), "&quot;a&quot;: 1");
  assertEquals(show(display({ "application/vnd.other+json": {} })), "");
});

Deno.test("renderOutputs() gives every picture words", () => {
  assertStringIncludes(
    show(display({ "image/png": "AA\nAA", "text/plain": "A cat" })),
    '<img src="data:image/png;base64,AAAA" alt="A cat">',
  );
  const svg = show(display({ "image/svg+xml": sampleSvg }));
  assertStringIncludes(svg, 'aria-label="title"');
});

Deno.test("renderOutputs() keeps text that follows a figure and is not its caption", () => {
  const html = show(
    display({ "image/svg+xml": sampleSvg, "text/plain": "A line" }),
    display({ "text/markdown": "Something else." }),
  );
  assertStringIncludes(html, "Something else.");
});

Deno.test("renderOutputs() gives a figure its caption from behind a sample text, once", () => {
  const figure = display({
    "image/svg+xml": sampleSvg,
    "application/vnd.unrolled.figure+json": { caption: "Look here.", alt: "A line" },
  });
  const words = [{ "text/markdown": "~~~text\nabc\n~~~" }, { "text/markdown": "Look here." }];
  const html = show(figure, ...words.map(display));
  assertEquals(html.split("Look here.").length - 1, 1);
  assertStringIncludes(html, "<figcaption>Look here.</figcaption>");
  const twice = show(figure, ...words.map(display), display(words[1]));
  assertEquals(twice.split("Look here.").length - 1, 2);
});

Deno.test("renderOutputs() shows an error as one", () => {
  const html = show({
    output_type: "error",
    ename: "TypeError",
    evalue: "no",
    traceback: ["\u001b[31mTypeError: no\u001b[0m"],
  } as IOutput);
  assertEquals(html, '<pre class="text-output error"><strong>Error</strong>\nTypeError: no</pre>');
});
