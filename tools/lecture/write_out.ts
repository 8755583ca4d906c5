import { join } from "node:path";
import { writeNotebookAtomically } from "tools/jupyter/notebook/write_notebook.ts";
import { type ClaimsFile, writeClaimsFile } from "tools/lecture/claims_file.ts";
import type { FinishedNotebook } from "tools/lecture/finished_notebook.ts";
import { describeFailure } from "tools/lecture/judge_lecture.ts";
import { settingsOfRun } from "tools/lecture/lecture_settings.ts";
import { writeFileAtomically } from "tools/lecture/write_file_atomically.ts";
import { renderIndexPage } from "tools/page/index_page.ts";
import { type PageLink, renderNotebookPage } from "tools/page/notebook_page.ts";
import { notebookTitle } from "tools/page/notebook_title.ts";

/** Writes a finished notebook and its page: what is done is kept, whatever happens to the rest. */
export async function writeFinished(
  finished: FinishedNotebook,
  { out, quick, pages }: { out: string; quick: boolean; pages: readonly PageLink[] },
): Promise<void> {
  const { name, notebook, failure } = finished;
  await Deno.mkdir(out, { recursive: true });
  await writeNotebookAtomically(join(out, `${name}.ipynb`), notebook);
  const { settings } = settingsOfRun([finished], { quick });
  const page = await renderNotebookPage({
    name,
    title: notebookTitle(notebook, { name }),
    notebook,
    settings,
    pages,
    failure: failure && describeFailure(finished),
  });
  await writeFileAtomically(join(out, `${name}.html`), page);
}

/** Writes `claims.json`, the playground and the index of the pages. */
export async function writeSummary(
  notebooks: readonly FinishedNotebook[],
  { out, claims, claimIds, playground }: {
    out: string;
    claims: ClaimsFile;
    claimIds: ReadonlyMap<string, readonly string[]>;
    /** The playground's page, where it could be made. */
    playground?: string;
  },
): Promise<void> {
  await writeClaimsFile(join(out, "claims.json"), claims);
  const entries = notebooks.map(({ name, notebook, failure }) => ({
    name,
    title: notebookTitle(notebook, { name }),
    notebook,
    claimIds: claimIds.get(name) ?? [],
    failed: failure !== undefined,
  }));
  if (playground !== undefined) {
    await writeFileAtomically(join(out, "playground.html"), playground);
  }
  const index = await renderIndexPage(entries, { claims, playground: playground !== undefined });
  await writeFileAtomically(join(out, "index.html"), index);
}
