import { extname, join } from "node:path";
import { checkNotebooks } from "tools/test/check_notebooks.ts";
import { unformattedNotebooks } from "tools/test/notebook_format.ts";
import { repositoryFiles } from "tools/test/repository_files.ts";
import { firstLines, runDeno } from "tools/test/run_deno.ts";
import {
  type Log,
  runStage,
  singleCheck,
  type StageFindings,
  type StageResult,
} from "tools/test/stage.ts";
import { readTestReport } from "tools/test/test_report.ts";

/** What every stage needs to know. */
export interface StageContext {
  readonly root: string;
  readonly configPath: string;
  /** Files and folders to check; empty for everything. */
  readonly paths: readonly string[];
  readonly log: Log;
}

/** Where code of ours lies. */
const codeFolders = ["lib", "tools", "tests", "bench"];

/** Formatting of code, prose, configuration and notebooks. */
export function checkFormat(context: StageContext): Promise<StageResult> {
  return runStage("format", async () => {
    const notebooks = await filesToCheck(context, { folders: ["notebooks"], ending: ".ipynb" });
    const unformatted = await unformattedNotebooks(notebooks, context);
    for (const path of unformatted) context.log(`${path} is not formatted: run deno fmt ${path}`);
    const paths = context.paths.filter((path) => !/^notebooks\b|\.ipynb$/.test(path));
    if (paths.length === 0 && context.paths.length > 0) {
      return singleCheck(unformatted.length === 0);
    }
    const ignored = ["notebooks", ...await unformattedByChoice(context.root)]; // --ignore replaces it
    const command = ["fmt", "--check", "--permit-no-files", `--ignore=${ignored}`, ...paths];
    const findings = await check(command, context);
    return unformatted.length === 0 ? findings : singleCheck(false);
  }, context);
}

/** Lint of everything that is not a notebook. */
export function checkLint(context: StageContext): Promise<StageResult> {
  return runStage("lint", () => checkCode(["lint"], context), context);
}

/** Types of the library with its doc examples, the tools, the tests and the benchmarks. */
export function checkTypes(context: StageContext): Promise<StageResult> {
  const command = ["check", "--doc", "--quiet", "--config", context.configPath];
  return runStage("types", () => checkCode(command, context), context);
}

/** Lint and types of the notebooks' cells, those of the solutions too. */
export async function checkNotebookCells(context: StageContext): Promise<StageResult[]> {
  const notebooks = await filesToCheck(context, { folders: ["notebooks"], ending: ".ipynb" });
  if (notebooks.length === 0) return [];
  const checking = checkNotebooks(notebooks, context);
  const report = (problems: readonly string[]) => {
    if (problems.length > 0) context.log(firstLines(problems.join("\n")));
    return singleCheck(problems.length === 0);
  };
  return [
    await runStage("notebook lint", async () => report((await checking).lint), context),
    await runStage("notebook types", async () => report((await checking).types), context),
  ];
}

/** The tests and the doc examples, their output live. Their types were checked by a stage of its own. */
export function runTests(context: StageContext): Promise<StageResult> {
  return runStage("tests", async () => {
    const paths = await codePaths(context);
    if (paths.length === 0) return { ...singleCheck(true, ["no code to test"]), passed: 0 };
    const report = await Deno.makeTempFile({ suffix: ".xml" });
    const options = ["-A", "--doc", "--no-check", "--config", context.configPath];
    const command = ["test", ...options, `--junit-path=${report}`, ...paths];
    try {
      const run = await runDeno(command, { cwd: context.root, live: true });
      return readTestReport(await Deno.readTextFile(report), run);
    } finally {
      await Deno.remove(report).catch(() => {});
    }
  }, context);
}

/** The whole lecture with small budgets, its progress live, its pages thrown away. */
export function runQuickLecture(context: StageContext): Promise<StageResult> {
  return runStage("lecture --quick", async () => {
    const out = await Deno.makeTempDir({ prefix: "unrolled-" });
    const command = ["run", "-A", "tools/lecture.ts", "--quick", "--out", out];
    try {
      const run = await runDeno(command, { cwd: context.root, live: true });
      const notes = run.ok ? [] : [`ended with exit code ${run.code}; its output stands above.`];
      return singleCheck(run.ok, notes);
    } finally {
      await Deno.remove(out, { recursive: true }).catch(() => {});
    }
  }, context);
}

/** What `deno.json` leaves out of formatting. */
async function unformattedByChoice(root: string): Promise<string[]> {
  const { exclude = [], fmt } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  return [...exclude, ...fmt?.exclude ?? []];
}

/** Files of one kind among what is to be checked, folders looked into. */
async function filesToCheck(
  { root, paths }: StageContext,
  kind: { folders: readonly string[]; ending: string },
): Promise<string[]> {
  if (paths.length === 0) return repositoryFiles(root, kind);
  const folders = paths.filter((path) => !extname(path));
  const within = await repositoryFiles(root, { folders, ending: kind.ending });
  return [...paths.filter((path) => path.endsWith(kind.ending)), ...within];
}

/** What to hand to a command that reads code: the paths asked for that hold any, or all folders of ours. */
async function codePaths(context: StageContext): Promise<string[]> {
  const wanted = context.paths.length > 0 ? context.paths : codeFolders;
  const paths: string[] = [];
  for (const path of wanted) {
    const kind = { folders: [path], ending: ".ts" };
    if ((await filesToCheck({ ...context, paths: [path] }, kind)).length > 0) paths.push(path);
  }
  return paths;
}

async function checkCode(command: readonly string[], context: StageContext) {
  const paths = await codePaths(context);
  if (paths.length > 0) return check([...command, ...paths], context);
  return singleCheck(true, ["no code to check"]);
}

async function check(command: readonly string[], context: StageContext): Promise<StageFindings> {
  const run = await runDeno(command, { cwd: context.root });
  if (!run.ok) context.log(firstLines(`${run.stdout}${run.stderr}`));
  return singleCheck(run.ok);
}
