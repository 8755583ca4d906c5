import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkNotebooks } from "tools/test/check_notebooks.ts";
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
  return runStage("format", () => check(["fmt", "--check", ...context.paths], context), context);
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
  const notebooks = context.paths.length > 0
    ? context.paths.filter((path) => path.endsWith(".ipynb"))
    : await repositoryFiles(context.root, { folders: ["notebooks"], ending: ".ipynb" });
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
    const paths = codePaths(context);
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

function codePaths({ root, paths }: StageContext): string[] {
  if (paths.length > 0) return paths.filter((path) => !/\.(ipynb|md|json)$/.test(path));
  return codeFolders.filter((folder) => existsSync(join(root, folder)));
}

function checkCode(command: readonly string[], context: StageContext): Promise<StageFindings> {
  const paths = codePaths(context);
  if (paths.length > 0) return check([...command, ...paths], context);
  return Promise.resolve(singleCheck(true, ["no code to check"]));
}

async function check(command: readonly string[], context: StageContext): Promise<StageFindings> {
  const run = await runDeno(command, { cwd: context.root });
  if (!run.ok) context.log(firstLines(`${run.stdout}${run.stderr}`));
  return singleCheck(run.ok);
}
