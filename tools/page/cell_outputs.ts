import { figureMime } from "lib/lecture/figure_display.ts";
import type { IOutput, MultilineString } from "@jupyterlab/nbformat";
import { joinLines } from "tools/jupyter/notebook/read_notebook.ts";
import { claimMime, shownClaimSchema } from "tools/lecture/claims_file.ts";
import { claimCard } from "tools/page/claim_card.ts";
import { escapeHtml } from "tools/page/escape_html.ts";
import { type FigureRecord, renderFigure } from "tools/page/figure.ts";
import type { MarkdownContext, RenderMarkdown } from "tools/page/markdown.ts";
import { renderMaths } from "tools/page/maths.ts";
import { sanitiseHtml } from "tools/page/safe_markup.ts";
import { claimAnchor } from "tools/page/unique_ids.ts";

/** What outputs are rendered with. */
export interface OutputContext {
  readonly render: RenderMarkdown;
  readonly context: MarkdownContext;
  /** Start of the names of files offered for download. */
  readonly fileStem: string;
}

type Data = Record<string, unknown>;

/**
 * A cell's outputs as HTML, in order; a figure takes the caption that comes after it, next to it or behind the sample
 * text of a live training.
 */
export function renderOutputs(outputs: readonly IOutput[], options: OutputContext): string {
  const captions = new Set<string>();
  return outputs.flatMap((output) => {
    const text = plain(textOf(dataOf(output), "text/markdown"));
    // Once for each figure: the same words again are the author's.
    if (text !== undefined && captions.delete(text)) return [];
    const caption = plain(figureCaption(output));
    if (caption !== undefined) captions.add(caption);
    return [renderOutput(output, options)];
  }).join("\n");
}

function renderOutput(output: IOutput, options: OutputContext): string {
  if (output.output_type === "stream") {
    const text = stripAnsi(joinLines(output.text as MultilineString)).trimEnd();
    return text === ""
      ? ""
      : `<pre class="text-output${output.name === "stderr" ? " stderr" : ""}">${
        escapeHtml(text)
      }</pre>`;
  }
  if (output.output_type === "error") {
    const trace = stripAnsi((output.traceback as string[]).join("\n")) ||
      `${output.ename}: ${output.evalue}`;
    return `<pre class="text-output error"><strong>Error</strong>\n${escapeHtml(trace)}</pre>`;
  }
  return renderData(dataOf(output), options);
}

/** The richest form of an output that a page can show. */
function renderData(data: Data, options: OutputContext): string {
  const { render, context } = options;
  const claim = shownClaimSchema.safeParse(data[claimMime]);
  if (claim.success) {
    return claimCard(claim.data, { id: context.ids.take(claimAnchor(claim.data.id)) });
  }
  const svg = textOf(data, "image/svg+xml");
  if (svg !== undefined) {
    const figure = figureOf(data, svg, options);
    if (figure !== undefined) return figure;
  }
  for (const mime of ["image/png", "image/jpeg", "image/gif", "image/webp"]) {
    const base64 = textOf(data, mime);
    if (base64 !== undefined) {
      const alt = recordOf(data).alt ?? textOf(data, "text/plain") ??
        "A picture without a description";
      return `<figure><img src="data:${mime};base64,${
        escapeHtml(base64.replace(/\s+/g, ""))
      }" alt="${escapeHtml(alt)}"></figure>`;
    }
  }
  const html = textOf(data, "text/html");
  if (html !== undefined) return `<div class="html-output scroll">${sanitiseHtml(html)}</div>`;
  const markdown = textOf(data, "text/markdown");
  if (markdown !== undefined) {
    return `<div class="markdown-output">${render(markdown, context)}</div>`;
  }
  const latex = textOf(data, "text/latex");
  if (latex !== undefined) {
    return renderMaths(withoutDollars(latex.trim()), { display: true });
  }
  const text = textOf(data, "text/plain") ?? jsonText(data);
  return text === undefined || text === ""
    ? ""
    : `<pre class="text-output">${escapeHtml(stripAnsi(text))}</pre>`;
}

function figureOf(data: Data, svg: string, options: OutputContext): string | undefined {
  const { render, context } = options;
  const record = recordOf(data);
  const alt = record.alt ?? textOf(data, "text/plain");
  const captionHtml = record.caption === undefined
    ? undefined
    : render(record.caption, context).trim().replace(/^<p>([^]*)<\/p>$/, "$1");
  const fileName = context.ids.take(`${options.fileStem}-figure`);
  return renderFigure(svg, { ids: context.ids, record: { ...record, alt }, captionHtml, fileName });
}

function figureCaption(output: IOutput): string | undefined {
  return recordOf(dataOf(output)).caption;
}

/** The figure's record, whatever of it has the right form. */
function recordOf(data: Data): FigureRecord {
  const record = (data[figureMime] ?? {}) as Record<string, unknown>;
  const text = (key: string) => typeof record[key] === "string" ? record[key] : undefined;
  return { caption: text("caption"), alt: text("alt"), csv: text("csv") };
}

/** An output's data by mime type; none for streams and errors. */
function dataOf(output: IOutput): Data {
  return (output.data ?? {}) as Data;
}

function textOf(data: Data, mime: string): string | undefined {
  const value = data[mime];
  return typeof value === "string" || Array.isArray(value)
    ? joinLines(value as MultilineString)
    : undefined;
}

function jsonText(data: Data): string | undefined {
  return data["application/json"] === undefined
    ? undefined
    : JSON.stringify(data["application/json"], undefined, 2);
}

/** A formula without the dollar signs around it, found from both ends: `/\$+$/` is quadratic in a run of them. */
function withoutDollars(formula: string): string {
  let start = 0;
  let end = formula.length;
  while (start < end && formula[start] === "$") start++;
  while (end > start && formula[end - 1] === "$") end--;
  return formula.slice(start, end);
}

/** Markdown emphasis around a caption is not another caption. */
function plain(text: string | undefined): string | undefined {
  return text?.replace(/[*_>\s]+/g, " ").trim();
}

function stripAnsi(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, "");
}
