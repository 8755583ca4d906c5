import type { INotebookContent } from "@jupyterlab/nbformat";
import type { ClaimsFile, Verdict } from "tools/lecture/claims_file.ts";
import { claimsTable, verdictSymbols } from "tools/page/claim_card.ts";
import { escapeHtml } from "tools/page/escape_html.ts";
import { createHighlight } from "tools/page/highlight.ts";
import { createMarkdown } from "tools/page/markdown.ts";
import { notebookAnswer } from "tools/page/notebook_title.ts";
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
  { claims }: { claims: ClaimsFile },
): Promise<string> {
  const render = createMarkdown(await createHighlight());
  const ids = new UniqueIds();
  for (const id of ["content", "theme", "fold", "claims"]) ids.take(id);
  const context = { ids, headings: [], pages: pageAddresses(entries) };
  const questions = entries.map((entry) => question(entry, { claims, render, context }));
  const pageOf = new Map(
    entries.flatMap(({ name, claimIds }) => claimIds.map((id) => [id, `${name}.html`])),
  );
  const table = claims.claims.length === 0
    ? ""
    : `<h2 id="claims">What was claimed, and what was measured</h2>${
      claimsTable(claims.claims, { pageOf: (claim) => pageOf.get(claim.id) ?? "" })
    }`;
  return pageShell({
    title: "Unrolled: a lecture lab on recurrent networks",
    description:
      "Questions about character-level recurrent language models, answered by measuring.",
    navigation: '<a href="index.html" aria-current="page">Unrolled</a>',
    contents: "",
    main: [
      "<h1>Unrolled</h1>",
      "<p>A lecture lab on character-level recurrent networks. Each question below is answered by " +
      "claims that state their prediction first and are then measured.</p>",
      claims.quick ? quickNotice() : "",
      ...questions,
      table,
    ].filter((part) => part !== "").join("\n"),
    footer: settingsList(claims),
  });
}

function question(
  entry: IndexEntry,
  { claims, render, context }: {
    claims: ClaimsFile;
    render: ReturnType<typeof createMarkdown>;
    context: Parameters<ReturnType<typeof createMarkdown>>[1];
  },
): string {
  const address = `${encodeURIComponent(entry.name)}.html`;
  const answer = notebookAnswer(entry.notebook);
  const heading = render(entry.title, context).trim().replace(/^<p>([^]*)<\/p>$/, "$1");
  const text = entry.failed
    ? '<p class="notice failure" role="note">This run stopped before the end.</p>'
    : answer === undefined
    ? ""
    // Headings inside an answer would break the outline of the index.
    : render(answer.replace(/^#+\s+(.*)$/gm, "**$1**"), context);
  const own = claims.claims.filter(({ id }) => entry.claimIds.includes(id));
  return `<section class="question"><h2 id="${
    context.ids.take(entry.name.replace(/[^\w-]+/g, "-"))
  }"><a href="${address}">${heading}</a></h2>${text}${tally(own)}</section>`;
}

function tally(claims: readonly { verdict: Verdict }[]): string {
  const items = (Object.keys(verdictSymbols) as Verdict[]).map((verdict) => {
    const count = claims.filter((claim) => claim.verdict === verdict).length;
    return count === 0
      ? ""
      : `<li><span class="badge ${verdict}"><span aria-hidden="true">${
        verdictSymbols[verdict]
      }</span> ${escapeHtml(`${count} ${verdict}`)}</span></li>`;
  }).join("");
  return items === "" ? "" : `<ul class="tally">${items}</ul>`;
}
