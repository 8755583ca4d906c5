import katex from "katex";
import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";

/**
 * A formula as HTML with MathML beside it, which is what screen readers read.
 *
 * A formula that KaTeX cannot read is shown as its source, marked as an error: one slip must not take the page away.
 */
export function renderMaths(source: string, { display }: { display: boolean }): string {
  const html = katex.renderToString(source, {
    displayMode: display,
    throwOnError: false,
    errorColor: "var(--refuted)",
    strict: "ignore",
    trust: false,
  });
  return display ? `<span class="maths scroll">${html}</span>` : html;
}

/** Teaches markdown-it `$…$` within a line and `$$…$$` within a line or over several. */
export function mathsPlugin(markdown: MarkdownIt): void {
  markdown.inline.ruler.after("escape", "maths", inlineMaths);
  markdown.block.ruler.after("blockquote", "maths_block", blockMaths, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
  markdown.renderer.rules.maths = (tokens, position) =>
    renderMaths(tokens[position].content, { display: tokens[position].block });
}

/** Pandoc's rule, so that prices stay prices: no space inside the dollars, no digit after the second. */
function inlineMaths(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== "$") return false;
  const dollars = state.src[state.pos + 1] === "$" ? "$$" : "$";
  const start = state.pos + dollars.length;
  const end = findClosing(state.src, { dollars, start, limit: state.posMax });
  if (end < 0) return false;
  const content = state.src.slice(start, end);
  if (content.trim() === "") return false;
  if (dollars === "$" && (/^\s|\s$/.test(content) || /[0-9]/.test(state.src[end + 1] ?? ""))) {
    return false;
  }
  if (!silent) {
    const token = state.push("maths", "math", 0);
    token.content = content.trim();
    token.block = dollars === "$$";
  }
  state.pos = end + dollars.length;
  return true;
}

function findClosing(
  text: string,
  { dollars, start, limit }: { dollars: string; start: number; limit: number },
): number {
  for (let position = start; position < limit; position++) {
    if (text[position] === "\\") position++;
    else if (text.startsWith(dollars, position)) return position;
  }
  return -1;
}

function blockMaths(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  const lineText = (line: number) =>
    state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]).trimEnd();
  const first = lineText(startLine);
  if (!first.startsWith("$$")) return false;
  const lines = [first.slice(2)];
  let line = startLine;
  while (true) {
    const last = lines[lines.length - 1];
    const closes = last.endsWith("$$");
    // `$$a$$ and $$b$$` on a line is a paragraph with two formulas, not one block.
    if ((closes ? last.slice(0, -2) : last).includes("$$")) return false;
    if (closes) break;
    line++;
    if (line >= endLine) return false;
    lines.push(lineText(line));
  }
  const content = lines.join("\n").slice(0, -2);
  if (silent) return true;
  const token = state.push("maths", "math", 0);
  token.block = true;
  token.content = content.trim();
  token.map = [startLine, line + 1];
  state.line = line + 1;
  return true;
}
