/**
 * Tables of the README, generated from the committed claims.
 *
 *     deno run -A tools/lecture/readme_table.ts
 *
 * @module
 */
import { verdictSigns } from "lib/lecture/claim_text.ts";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { readNotebook } from "tools/jupyter/notebook/read_notebook.ts";
import {
  type ClaimRecord,
  type ClaimsFile,
  committedClaimsPath,
  readClaimsFile,
} from "tools/lecture/claims_file.ts";
import { findNotebooks } from "tools/lecture/find_notebooks.ts";
import { formatWithDeno } from "tools/lecture/format_with_deno.ts";
import { formatMeasured, formatSpread } from "tools/lecture/format_value.ts";
import { writeFileAtomically } from "tools/lecture/write_file_atomically.ts";
import { notebookTitle, shortAnswer } from "tools/page/notebook_title.ts";
import { sanitiseSvg } from "tools/page/safe_markup.ts";

/** A picture in the README. */
export interface ReadmeFigure {
  /** Its path from the README. */
  readonly path: string;
  /** The picture in words. */
  readonly alt: string;
}

/** Around what is generated in a README. */
export const readmeMarkers = { start: "<!-- claims:start -->", end: "<!-- claims:end -->" };

/** Where figures for the README lie, from the root of the repository. */
export const readmeFiguresPath = join("results", "figures");

/** A question of the lecture, for the table. */
export interface ReadmeQuestion {
  /** As in `Q3`. */
  readonly prefix: string;
  readonly title: string;
  /** The notebook's path from the README. */
  readonly path: string;
  /** Its answer in a sentence, as its author wrote it. */
  readonly shortAnswer?: string;
}

/**
 * The README with its generated part made anew from the claims: the questions with their answers, the figures, then every claim with its numbers.
 *
 * Undefined if the README has no place for it.
 */
export function updateReadme(
  readme: string,
  { claims, questions, figures = [] }: {
    claims: ClaimsFile;
    questions: readonly ReadmeQuestion[];
    figures?: readonly ReadmeFigure[];
  },
): string | undefined {
  const start = readme.indexOf(readmeMarkers.start);
  const end = readme.indexOf(readmeMarkers.end);
  if (start < 0 || end < start) return undefined;
  return readme.slice(0, start + readmeMarkers.start.length) + "\n\n" +
    readmeTables(claims, { questions, figures }) + "\n\n" + readme.slice(end);
}

function readmeTables(
  claims: ClaimsFile,
  { questions, figures }: {
    questions: readonly ReadmeQuestion[];
    figures: readonly ReadmeFigure[];
  },
): string {
  const answers = questions.map(({ prefix, title, path, shortAnswer = "" }) => {
    const own = claims.claims.filter(({ id }) => id.startsWith(`${prefix}.`));
    return [`[${title}](${path})`, shortAnswer, verdictCounts(own)];
  });
  const details = claims.claims.map((claim) => [
    claim.id,
    claim.statement.replace(/\.$/, ""),
    formatMeasured(claim) + (formatSpread(claim) === "" ? "" : ` (${formatSpread(claim)})`),
    claim.condition,
    `${verdictSigns[claim.verdict]} ${claim.verdict}${claim.exact ? " (exact)" : ""}`,
  ]);
  const { corpus, seed, backend, versions, quick } = claims;
  const setting = [
    `corpus ${corpus ?? "not stated"}`,
    `seed ${seed ?? "not stated"}`,
    `backend ${backend ?? "not stated"}`,
    ...Object.entries(versions).map(([name, version]) => `${name} ${version}`),
    ...quick ? ["quick budgets"] : [],
  ].join(", ");
  return [
    table(["Question", "Answer", "Its claims, measured"], answers),
    ...figures.map(({ path, alt }) => `![${alt.replace(/[[\]\s]+/g, " ").trim()}](${path})`),
    `<details>\n<summary>All ${claims.claims.length} claims with their numbers</summary>`,
    table(["Id", "Claim", "Measured (range over runs)", "Holds if", "Verdict"], details),
    "</details>",
    `Measured with ${setting}.`,
  ].join("\n\n");
}

function verdictCounts(claims: readonly ClaimRecord[]): string {
  const counts = verdictOrder.map((verdict) => {
    const count = claims.filter((claim) => claim.verdict === verdict).length;
    return count === 0 ? [] : [`${verdictSigns[verdict]} ${count} ${verdict}`];
  });
  return counts.flat().join("<br>") || "not measured";
}

const verdictOrder = ["supported", "qualified", "refuted", "not applicable"] as const;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/\s+/g, " ").replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Makes the README's generated part anew; nothing if it has none. */
export async function writeReadme(claims: ClaimsFile, root: string): Promise<string[]> {
  const path = join(root, "README.md");
  const readme = await Deno.readTextFile(path).catch(() => undefined);
  if (readme === undefined) return [];
  const folder = join(root, "notebooks");
  const questions: ReadmeQuestion[] = [];
  for (const target of await findNotebooks([], { folder })) {
    const number = /^(\d+)_/.exec(basename(target.path))?.[1];
    if (number === undefined) continue;
    const notebook = await readNotebook(target.path);
    questions.push({
      prefix: `Q${number}`,
      title: notebookTitle(notebook, { name: target.name }),
      path: relative(root, target.path),
      shortAnswer: shortAnswer(notebook),
    });
  }
  const figures = await readmeFigures(root);
  const updated = updateReadme(readme, { claims, questions, figures });
  if (updated === undefined) return [];
  await writeFileAtomically(path, await formatWithDeno(updated, { extension: "md", root }));
  return [path];
}

/** The figures that notebooks gave for the README, with the words that each carries. */
async function readmeFigures(root: string): Promise<ReadmeFigure[]> {
  const folder = join(root, readmeFiguresPath);
  const figures: ReadmeFigure[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (!name.endsWith(".svg") || name.startsWith(".")) continue;
      const svg = sanitiseSvg(await Deno.readTextFile(join(folder, name)));
      const alt = svg?.root.querySelector("desc")?.textContent ??
        svg?.root.getAttribute("aria-label") ?? name;
      figures.push({ path: relative(root, join(folder, name)), alt });
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return figures.sort((a, b) => a.path.localeCompare(b.path, "en", { numeric: true }));
}

if (import.meta.main) {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  try {
    const written = await writeReadme(await readClaimsFile(join(root, committedClaimsPath)), root);
    console.log(written.length > 0 ? `Written: ${written}` : "README.md has no claims markers.");
  } catch (error) {
    console.error((error as Error).message);
    Deno.exit(1);
  }
}
