import type { ICell, INotebookContent } from "@jupyterlab/nbformat";
import { cellTags, isCodeCell, joinLines } from "tools/jupyter/notebook/read_notebook.ts";
import type { LectureSettings } from "tools/lecture/claims_file.ts";
import { renderOutputs } from "tools/page/cell_outputs.ts";
import { escapeHtml } from "tools/page/escape_html.ts";
import { createHighlight } from "tools/page/highlight.ts";
import { createMarkdown, type Heading, type RenderMarkdown } from "tools/page/markdown.ts";
import { isAnswer, plainTitle } from "tools/page/notebook_title.ts";
import { pageShell } from "tools/page/page_shell.ts";
import { quickNotice, settingsList } from "tools/page/settings_list.ts";
import { UniqueIds } from "tools/page/unique_ids.ts";

/** A page of a lecture, for links to it. */
export interface PageLink {
  /** The notebook's name, without folder and ending: the page is `<name>.html`. */
  readonly name: string;
  readonly title: string;
}

/** What a notebook's page is made of. */
export interface NotebookPage extends PageLink {
  readonly notebook: INotebookContent;
  readonly settings: LectureSettings;
  /** All pages of the lecture in their order, this one among them. */
  readonly pages: readonly PageLink[];
  /** What stopped the run, where something did. */
  readonly failure?: string;
}

/** An executed notebook as one self-contained HTML page. */
export async function renderNotebookPage(page: NotebookPage): Promise<string> {
  const highlight = await createHighlight();
  const headings: Heading[] = [];
  const ids = new UniqueIds();
  for (const id of ["content", "theme", "fold"]) ids.take(id);
  const options: CellOptions = {
    render: createMarkdown(highlight),
    highlight,
    context: { ids, headings, pages: pageAddresses(page.pages) },
    name: page.name,
    language: notebookLanguage(page.notebook),
  };
  // Cells are numbered as their author has them: the one with the run's parameters is not among them.
  let number = 0;
  const cells = page.notebook.cells.map((cell) => {
    if (!cellTags(cell).includes("injected-parameters")) number++;
    return cellHtml(cell, { ...options, number });
  });
  const hasTitle = headings.some((heading) => heading.level === 1);
  const main = [
    hasTitle ? "" : `<h1>${escapeHtml(page.title)}</h1>`,
    page.failure === undefined
      ? ""
      : `<div class="notice failure" role="note"><strong>This run stopped before the end.</strong><pre>${
        escapeHtml(page.failure)
      }</pre></div>`,
    ...cells,
  ];
  if (page.settings.quick) main.splice(hasTitle ? 0 : 1, 0, quickNotice());
  return pageShell({
    title: `${plainTitle(page.title)} · Unrolled`,
    description: plainTitle(page.title),
    navigation: navigation(page),
    contents: contents(headings),
    main: main.filter((part) => part !== "").join("\n"),
    footer: settingsList(page.settings),
  });
}

/** Addresses of pages by the notebook's file name. */
export function pageAddresses(pages: readonly PageLink[]): Record<string, string> {
  return Object.fromEntries(pages.map(({ name }) => [`${name}.ipynb`, `${name}.html`]));
}

interface CellOptions {
  readonly render: RenderMarkdown;
  readonly highlight: (code: string, language: string) => string;
  readonly context: Parameters<RenderMarkdown>[1];
  readonly name: string;
  readonly language: string;
}

function cellHtml(cell: ICell, options: CellOptions & { number: number }): string {
  const { render, context, name, number } = options;
  const tags = cellTags(cell);
  if (tags.includes("remove-cell")) return "";
  const source = joinLines(cell.source);
  if (cell.cell_type === "markdown") {
    const attachments = cell.attachments as Record<string, Record<string, string>> | undefined;
    return render(source, { ...context, attachments });
  }
  if (!isCodeCell(cell)) return "";
  const outputs = tags.includes("remove-output")
    ? ""
    : renderOutputs(cell.outputs, { render, context, fileStem: name });
  const code = tags.includes("remove-input") || source.trim() === ""
    ? ""
    : codeBlock(source, { ...options, tags });
  const shown = outputs === "" ? "" : `<div class="outputs">${outputs}</div>`;
  const answer = isAnswer(cell) ? " answer" : "";
  return code + shown === ""
    ? ""
    : `<div class="cell${answer}" id="${context.ids.take(`cell-${number}`)}">${code}${shown}</div>`;
}

function codeBlock(
  source: string,
  { highlight, language, number, tags }: CellOptions & {
    number: number;
    tags: readonly string[];
  },
): string {
  const { kind, invites = false } = cellKind(source, tags);
  const label = tags.includes("injected-parameters") ? kind : `${kind} · cell ${number}`;
  // A page is read for its words and figures; code that the reader is to change stands open.
  const open = invites && !tags.includes("hide-input") ? " open" : "";
  return `<details class="code${invites ? " inviting" : ""}"${open}><summary>${label}</summary>${
    highlight(source, language)
  }</details>`;
}

/** What a cell is for, in a few words, and whether it invites the reader to write in it. */
function cellKind(source: string, tags: readonly string[]): { kind: string; invites?: boolean } {
  if (tags.includes("injected-parameters")) return { kind: "Parameters set for this run" };
  if (tags.includes("parameters")) return { kind: "Parameters" };
  if (tags.includes("skip-execution")) {
    return { kind: "For you to run in the notebook, not run here", invites: true };
  }
  if (/^guesses\[/.test(source.trim())) {
    return { kind: "Your prediction, before you read on", invites: true };
  }
  return { kind: "Code" };
}

function navigation({ name, pages }: NotebookPage): string {
  const links = pages.map((page, index) => {
    const here = page.name === name ? ' aria-current="page"' : "";
    const number = /^[0-9]+/.exec(page.name)?.[0] ?? `${index + 1}`;
    const title = escapeHtml(plainTitle(page.title));
    return `<a href="${encodeURIComponent(page.name)}.html" aria-label="${number}. ${title}" ` +
      `title="${title}"${here}>${number}<span class="short">. ${
        escapeHtml(shortTitle(page.title))
      }</span></a>`;
  });
  return `<a href="index.html">Unrolled</a>${links.join("")}`;
}

/** Four questions side by side leave room for their first words only. */
function shortTitle(title: string): string {
  const plain = title.replace(/\$[^$]*\$/g, "…");
  if (plain.length <= 22) return plain;
  return `${plain.slice(0, 21).replace(/\s+\S*$/, "")}…`;
}

function contents(headings: readonly Heading[]): string {
  const listed = headings.filter(({ level }) => level === 2 || level === 3);
  if (listed.length < 2) return "";
  const items = listed.map(({ level, id, html }) =>
    `<li class="level-${level}"><a href="#${id}">${html.replace(/<\/?a\b[^>]*>/g, "")}</a></li>`
  );
  return `<nav class="contents" aria-label="Contents"><details open><summary>Contents</summary><ul>${
    items.join("")
  }</ul></details></nav>`;
}

function notebookLanguage(notebook: INotebookContent): string {
  const { language_info: info, kernelspec } = notebook.metadata;
  return String(info?.name ?? kernelspec?.language ?? "typescript");
}
