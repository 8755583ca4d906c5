import type { INotebookContent } from "@jupyterlab/nbformat";
import { verdictSigns } from "lib/lecture/claim_text.ts";
import type { ClaimsFile, Verdict } from "tools/lecture/claims_file.ts";
import { claimsTable, verdictBadge } from "tools/page/claim_card.ts";
import { createHighlight } from "tools/page/highlight.ts";
import { createMarkdown } from "tools/page/markdown.ts";
import { notebookAnswer, shortAnswer } from "tools/page/notebook_title.ts";
import { pageAddresses, type PageLink } from "tools/page/notebook_page.ts";
import { pageShell } from "tools/page/page_shell.ts";
import { quickNotice, settingsList } from "tools/page/settings_list.ts";
import { UniqueIds } from "tools/page/unique_ids.ts";

/** A notebook as the index shows it. */
export interface IndexEntry extends PageLink {
  readonly notebook: INotebookContent;
  /** Ids of the claims measured in it. */
  readonly claimIds: readonly string[];
  /** Whether its run stopped before the end. */
  readonly failed: boolean;
}

/** The lecture's first page: the questions with their answers, then every claim with its verdict. */
export async function renderIndexPage(
  entries: readonly IndexEntry[],
  { claims, playground = false }: {
    claims: ClaimsFile;
    /** Whether `playground.html` lies beside the index. */
    playground?: boolean;
  },
): Promise<string> {
  const render = createMarkdown(await createHighlight());
  const ids = new UniqueIds();
  for (const id of ["content", "theme", "fold"]) ids.take(id);
  const context = { ids, headings: [], pages: pageAddresses(entries) };
  const questions = entries.map((entry) => question(entry, { claims, render, context }));
  return pageShell({
    title: "Unrolled: a lecture lab on recurrent networks",
    description:
      "Questions about character-level recurrent language models, answered by measuring.",
    navigation: '<a href="index.html" aria-current="page">Unrolled</a>' +
      (playground ? '<a href="playground.html">Playground</a>' : ""),
    contents: "",
    main: [
      "<h1>Unrolled</h1>",
      "<p>A lecture lab on character-level recurrent networks. Each question below is answered by " +
      "claims that state their prediction first and are then measured.</p>",
      claims.quick ? quickNotice() : "",
      ...questions,
      playground ? playgroundSection : "",
    ].filter((part) => part !== "").join("\n"),
    footer: settingsList(claims),
  });
}

const playgroundSection = `<section class="question"><h2 id="playground">` +
  `<a href="playground.html">Playground</a></h2><p>Paste a text of your own and train an RNN, a GRU ` +
  `or an LSTM on it in this browser: loss, gradient by distance and sample text as it learns.</p></section>`;

function question(
  entry: IndexEntry,
  { claims, render, context }: {
    claims: ClaimsFile;
    render: ReturnType<typeof createMarkdown>;
    context: Parameters<ReturnType<typeof createMarkdown>>[1];
  },
): string {
  const address = `${encodeURIComponent(entry.name)}.html`;
  const inline = (markdown: string) =>
    render(markdown, context).trim().replace(/^<p>([^]*)<\/p>$/, "$1");
  const own = claims.claims.filter(({ id }) => entry.claimIds.includes(id));
  const short = shortAnswer(entry.notebook);
  const parts = [
    short === undefined ? "" : `<p class="short-answer">${inline(short)}</p>`,
    entry.failed
      ? '<p class="notice failure" role="note">This run stopped before the end.</p>'
      : "",
    tally(own),
    own.length > 0
      ? claimsTable(own, {
        pageOf: () => address,
        caption: "What was claimed, and what was measured",
      })
      : answerText(entry, { render, context }),
  ];
  const id = context.ids.take(entry.name.replace(/[^\w-]+/g, "-"));
  return `<section class="question"><h2 id="${id}"><a href="${address}">${
    inline(entry.title)
  }</a></h2>${parts.join("")}</section>`;
}

/** The answer of a notebook that claims nothing. */
function answerText(
  { notebook, failed }: IndexEntry,
  { render, context }: {
    render: ReturnType<typeof createMarkdown>;
    context: Parameters<ReturnType<typeof createMarkdown>>[1];
  },
): string {
  const answer = failed ? undefined : notebookAnswer(notebook);
  // Headings inside an answer would break the outline of the index.
  return answer === undefined ? "" : render(answer.replace(/^#+\s+(.*)$/gm, "**$1**"), context);
}

function tally(claims: readonly { verdict: Verdict }[]): string {
  const items = (Object.keys(verdictSigns) as Verdict[]).map((verdict) => {
    const count = claims.filter((claim) => claim.verdict === verdict).length;
    const text = `${count} ${verdict}`;
    return count === 0 ? "" : `<li>${verdictBadge(verdict, { text })}</li>`;
  }).join("");
  return items === "" ? "" : `<ul class="tally">${items}</ul>`;
}
