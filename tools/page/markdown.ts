import createMarkdownIt, { type MarkdownIt, type Token } from "markdown-it";
import { escapeHtml } from "tools/page/escape_html.ts";
import type { Highlight } from "tools/page/highlight.ts";
import { mathsPlugin } from "tools/page/maths.ts";
import { plainTagsOnly } from "tools/page/safe_markup.ts";
import { slug, type UniqueIds } from "tools/page/unique_ids.ts";

/** A heading met on a page, for its table of contents. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly html: string;
}

/** What a piece of Markdown is rendered into. */
export interface MarkdownContext {
  readonly ids: UniqueIds;
  /** Headings are added here in the order met. */
  readonly headings: Heading[];
  /** Base64 pictures attached to a Markdown cell, by name and mime. */
  readonly attachments?: Record<string, Record<string, string>>;
  /** Addresses of notebooks that have a page, by file name: links to the notebook lead to the page. */
  readonly pages?: Readonly<Record<string, string>>;
}

/** Renders Markdown into a page: one context per page, shared by its cells. */
export type RenderMarkdown = (source: string, context: MarkdownContext) => string;

/** A renderer with maths, highlighted code, anchored headings, and tables that scroll by themselves. */
export function createMarkdown(highlight: Highlight): RenderMarkdown {
  const markdown = createMarkdownIt({ html: true, linkify: false, typographer: false });
  markdown.use(mathsPlugin);
  const rules = markdown.renderer.rules;
  rules.fence = (tokens, position) =>
    highlight(tokens[position].content.replace(/\n$/, ""), tokens[position].info);
  rules.code_block = (tokens, position) =>
    highlight(tokens[position].content.replace(/\n$/, ""), "text");
  rules.html_block = (tokens, position) => plainTagsOnly(tokens[position].content);
  rules.html_inline = (tokens, position) => plainTagsOnly(tokens[position].content);
  rules.table_open = () => '<div class="scroll"><table>';
  rules.table_close = () => "</table></div>";
  rules.image = (tokens, position, _options, env) =>
    image(tokens[position], env as unknown as MarkdownContext);
  return (source, context) => {
    const tokens = markdown.parse(source, context as never);
    anchorHeadings(tokens, { markdown, context });
    redirectLinks(tokens, context);
    return markdown.renderer.render(tokens, markdown.options, context as never);
  };
}

function anchorHeadings(
  tokens: Token[],
  { markdown, context }: { markdown: MarkdownIt; context: MarkdownContext },
): void {
  tokens.forEach((token, position) => {
    if (token.type !== "heading_open") return;
    const inline = tokens[position + 1];
    // The page has one title; a further # in a notebook is a section of it.
    const hasTitle = context.headings.some((heading) => heading.level === 1);
    const level = token.tag === "h1" && hasTitle ? 2 : Number(token.tag.slice(1));
    token.tag = `h${level}`;
    tokens[position + 2].tag = token.tag;
    const id = context.ids.take(slug(inline.content));
    const html = markdown.renderer.renderInline(
      inline.children ?? [],
      markdown.options,
      context as never,
    );
    context.headings.push({ level, id, html });
    token.attrSet("id", id);
    token.attrSet("tabindex", "-1");
  });
}

function redirectLinks(tokens: readonly Token[], context: MarkdownContext): void {
  for (const token of tokens) {
    if (token.type === "link_open") {
      const href = String(token.attrGet("href") ?? "");
      const [path, fragment] = href.split("#");
      const page = context.pages?.[decodeURIComponent(path.split("/").at(-1) ?? "")];
      if (page !== undefined && path.endsWith(".ipynb") && !/^[a-z]+:/i.test(path)) {
        token.attrSet("href", page + (fragment === undefined ? "" : `#${fragment}`));
      }
    }
    if (token.children) redirectLinks(token.children, context);
  }
}

function image(token: Token, context: MarkdownContext): string {
  const source = String(token.attrGet("src") ?? "");
  const alt = token.content || "A picture without a description";
  if (source.startsWith("data:image/")) return picture(source, alt);
  if (source.startsWith("attachment:")) {
    const name = decodeURIComponent(source.slice("attachment:".length));
    const attached = Object.entries(context.attachments?.[name] ?? {})
      .find(([mime]) => mime.startsWith("image/"));
    if (attached) return picture(`data:${attached[0]};base64,${attached[1]}`, alt);
  }
  // A page fetches nothing: a picture that is elsewhere is described, with a link to it.
  return `<a class="missing-picture" href="${escapeHtml(source)}">Picture: ${escapeHtml(alt)}</a>`;
}

function picture(source: string, alt: string): string {
  return `<img src="${escapeHtml(source)}" alt="${escapeHtml(alt)}">`;
}
