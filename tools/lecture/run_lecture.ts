import { join } from "node:path";
import { executeNotebook } from "tools/jupyter/run/execute_notebook.ts";
import { readNotebook } from "tools/jupyter/notebook/read_notebook.ts";
import { checkBeforeRun, type CheckOptions } from "tools/lecture/check_before_run.ts";
import { type ClaimsFile, readClaimsFile, storedClaimsPath } from "tools/lecture/claims_file.ts";
import { claimsTable } from "tools/lecture/claims_table.ts";
import { compareClaims } from "tools/lecture/compare_claims.ts";
import { findNotebooks, type NotebookTarget, shownPath } from "tools/lecture/find_notebooks.ts";
import type { FinishedNotebook } from "tools/lecture/finished_notebook.ts";
import { judgeLecture } from "tools/lecture/judge_lecture.ts";
import { storeClaims } from "tools/lecture/joined_claims.ts";
import type { LectureOptions } from "tools/lecture/lecture_options.ts";
import { LectureProgress, type ProgressTarget } from "tools/lecture/lecture_progress.ts";
import { settingsOfRun } from "tools/lecture/lecture_settings.ts";
import { refreshCommitted } from "tools/lecture/refresh_committed.ts";
import { type LoadedNotebook, runNotebooks } from "tools/lecture/run_notebooks.ts";
import { writeFinished, writeSummary } from "tools/lecture/write_out.ts";
import { notebookTitle } from "tools/page/notebook_title.ts";

/** What a lecture runs in. */
export interface LectureSurroundings {
  /** The repository's root: `notebooks/`, `results/` and `README.md` lie in it. */
  readonly root: string;
  readonly terminal: ProgressTarget;
  /** Ctrl-C. */
  readonly signal?: AbortSignal;
  /** Runs a notebook; the real kernel unless told. */
  readonly execute?: typeof executeNotebook;
  /** Reads a text; `lib`'s own unless told. */
  readonly loadCorpus?: CheckOptions["loadCorpus"];
  /** Makes the playground's page; none is written unless told how. */
  readonly renderPlayground?: (options: { root: string; signal?: AbortSignal }) => Promise<string>;
}

/**
 * Runs the lecture and returns its exit code: 0, 1 where something is wrong with it, 130 after Ctrl-C.
 *
 * @throws {UsageError} if a notebook asked for does not exist, or `checkBeforeRun` refuses.
 */
export async function runLecture(
  options: LectureOptions,
  surroundings: LectureSurroundings,
): Promise<number> {
  const { root, terminal, signal, execute = executeNotebook, renderPlayground } = surroundings;
  const { out, quick } = options;
  const targets = await findNotebooks(options.notebooks, { folder: join(root, "notebooks") });
  const { corpusName } = await checkBeforeRun(options, surroundings);
  const keptPath = storedClaimsPath(options.corpus ?? "embedded");
  const committed = options.check ? await readClaimsFile(join(root, keptPath)) : undefined;
  const { loaded, problems } = await loadNotebooks(targets);
  const pages = loaded.map(({ name, notebook }) => ({
    name,
    title: notebookTitle(notebook, { name }),
  }));
  const progress = new LectureProgress(terminal);
  let finished: FinishedNotebook[];
  try {
    finished = await runNotebooks(loaded, {
      ...options,
      execute,
      progress,
      signal,
      parameters: injectedParameters(options, corpusName),
      onFinished: (one) => writeFinished(one, { out, quick, pages }),
    });
  } finally {
    progress.close();
  }
  const judged = judgeLecture(finished);
  const ofLecture = finished.filter((one) => one.ofLecture);
  const { settings, problems: contradictions } = settingsOfRun(
    ofLecture.length > 0 ? ofLecture : finished,
    { quick },
  );
  const claims: ClaimsFile = { ...settings, claims: [...judged.claims] };
  // The lecture stands without its playground: a bundler that cannot be had is told, and no more.
  const playground = signal?.aborted
    ? undefined
    : await renderPlayground?.({ root, signal }).catch((error: Error) => {
      if (!signal?.aborted) terminal.write(`\nThe playground was not made. ${error.message}\n`);
    }) ?? undefined;
  await writeSummary(finished, { out, claims, claimIds: judged.claimIds, playground });
  terminal.write(`\n${claimsTable(claims.claims, { width: terminal.width() })}\n\n`);
  terminal.write(
    `Written to ${shownPath(out)}: ${
      counted(finished.length)
    } with pages, index.html, claims.json.\n`,
  );
  problems.push(...judged.problems, ...(ofLecture.length > 0 ? contradictions : []));

  const ownIds = new Set(ofLecture.flatMap(({ name }) => judged.claimIds.get(name) ?? []));
  const own = { ...claims, claims: claims.claims.filter(({ id }) => ownIds.has(id)) };
  const whole = options.notebooks.length === 0;
  if (committed) {
    const differences = compareClaims(own, { committed, whole });
    terminal.write(
      differences.length === 0
        ? `The claims are those of ${keptPath}, to the last digit.\n`
        : `The claims differ from ${keptPath}:\n${bullets(differences)}`,
    );
    if (differences.length > 0) problems.push(`--check found differences: ${differences.length}`);
  }
  // Ctrl-C in a terminal reaches the kernel as well, and may end it before it reaches us.
  const interrupted = finished.some(({ failure }) => failure?.kind === "interrupted");
  if (interrupted || signal?.aborted) {
    terminal.write("Interrupted: what was finished is kept.\n");
    return 130;
  }
  if (problems.length === 0 && options.inPlace) {
    const written = await refreshCommitted(finished, { root, claims: own, whole });
    terminal.write(`Refreshed in place:\n${bullets(written.map(shownPath))}`);
  }
  if (problems.length === 0 && options.store) {
    const path = await storeClaims(ofLecture, { root, claims: own, whole });
    terminal.write(`Stored: ${shownPath(path)}\n`);
  }
  if (problems.length === 0) return 0;
  terminal.write(`The lecture fails:\n${bullets(problems)}`);
  if (options.inPlace) terminal.write("Nothing was refreshed in place.\n");
  if (options.store) terminal.write("Nothing was stored.\n");
  return 1;
}

/** Reads all notebooks before any runs; one that cannot be read does not keep the others from running. */
async function loadNotebooks(targets: readonly NotebookTarget[]) {
  const loaded: LoadedNotebook[] = [];
  const problems: string[] = [];
  for (const target of targets) {
    try {
      loaded.push({ ...target, notebook: await readNotebook(target.path) });
    } catch (error) {
      problems.push(`${target.name}: ${(error as Error).message}`);
    }
  }
  return { loaded, problems };
}

/** Only what was asked for is injected: otherwise the notebook's own parameters stand. */
function injectedParameters(
  { quick, seed }: LectureOptions,
  corpusName?: string,
): Record<string, unknown> {
  return {
    ...quick && { quick },
    ...corpusName !== undefined && { corpusName },
    ...seed !== undefined && { seed },
  };
}

function counted(notebooks: number): string {
  return notebooks === 1 ? "1 notebook" : `${notebooks} notebooks`;
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line.replace(/\n/g, "\n  ")}\n`).join("");
}
