import { assertEquals, assertStringIncludes } from "@std/assert";
import { createHighlight } from "tools/page/highlight.ts";
import { createMarkdown } from "tools/page/markdown.ts";
import { UniqueIds } from "tools/page/unique_ids.ts";

const markdown = createMarkdown(await createHighlight());
const newContext = () => ({ ids: new UniqueIds(), headings: [] });
const render = (source: string) => markdown(source, newContext());
const formulas = (html: string) => html.split('<span class="katex">').length - 1;

Deno.test("createMarkdown() reads dollars as maths by Pandoc's rule", () => {
  assertEquals(formulas(render("Let $x_t$ be, and $U$.")), 2);
  assertEquals(formulas(render("It costs $5 and $6.")), 0);
  assertEquals(formulas(render("A `$code$` and \\$a\\$")), 0);
  assertEquals(formulas(render("From $ a to b $.")), 0);
  assertEquals(formulas(render("$$a$$ and $$b$$")), 2);
  assertEquals(formulas(render("Text\n$$\n\\frac{a}{b}\n$$\nmore")), 1);
});

Deno.test("createMarkdown() leaves underscores and stars within maths alone", () => {
  const html = render("$a_1 * b_1 * c_1$");
  assertEquals(html.includes("<em>"), false);
  assertStringIncludes(html, "a_1 * b_1 * c_1");
});

Deno.test("createMarkdown() shows a formula it cannot read, marked as an error", () => {
  assertStringIncludes(render("$\\frac{a$"), "katex-error");
});

Deno.test("createMarkdown() gives one title to a page and sections to further ones", () => {
  const context = newContext();
  const html = markdown("# One\n\n# Two", context) + markdown("## Two", context);
  assertEquals(html.match(/<h\d id="[^"]*"/g), [
    '<h1 id="one"',
    '<h2 id="two"',
    '<h2 id="two-2"',
  ]);
});

Deno.test("createMarkdown() describes a picture it will not fetch, and shows an attached one", () => {
  assertEquals(render("![A cat](http://e.org/c.png)").includes("<img"), false);
  assertStringIncludes(render("![A cat](http://e.org/c.png)"), "Picture: A cat");
  const attachments = { "c.png": { "image/png": "AAAA" } };
  assertStringIncludes(
    markdown("![A cat](attachment:c.png)", { ...newContext(), attachments }),
    '<img src="data:image/png;base64,AAAA" alt="A cat">',
  );
});

Deno.test("createMarkdown() highlights known languages with colours for both themes", () => {
  const html = render("```ts\nconst a = 1;\n```\n\n```klingon\n<Qapla>\n```");
  assertStringIncludes(html, "--shiki-light:");
  assertStringIncludes(html, "--shiki-dark:");
  assertStringIncludes(html, "&lt;Qapla&gt;");
});
