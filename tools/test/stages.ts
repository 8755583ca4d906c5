import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkNotebooks } from "tools/test/check_notebooks.ts";
import { repositoryFiles } from "tools/test/repository_files.ts";
import { firstLines, runDeno } from "tools/test/run_deno.ts";
import { runStage, singleCheck, type StageFindings, type StageResult } from "tools/test/stage.ts";
import { readTestReport } from "tools/test/test_report.ts";

/** What every stage needs to know. */
export interface StageContext {
  readonly root: string;
  readonly configPath: string;
  /** Files and folders to check; empty for everything. */
  readonly paths: readonly string[];
}

/** Where code of ours lies. */
const codeFolders = ["lib", "tools", "tests", "bench"];

/** Formatting of code, prose, configuration and notebooks. */
export function checkFormat(context: StageContext): Promise<StageResult> {
  return runStage("format", () => captured(["fmt", "--check", ...context.paths], context));
}

/** Lint of everything that is not a notebook. */
export function checkLint(context: StageContext): Promise<StageResult> {
  const paths = codePaths(context);
  return runStage("lint", () => captured(["lint", ...paths], { ...context, needsPaths: paths }));
}

/** Types of the library with its doc examples, the tools, the tests and the benchmarks. */
export function checkTypes(context: StageContext): Promise<StageResult> {
  const paths = codePaths(context);
  return runStage(
    "types",
    () =>
      captured(["check", "--doc", "--quiet", "--config", context.configPath, ...paths], {
        ...context,
        needsPaths: paths,
      }),
  );
}

/** Lint and types of the notebooks' cells, those of the solutions too. */
export async function checkNotebookCells(context: StageContext): Promise<StageResult[]> {
  const notebooks = context.paths.length > 0
    ? context.paths.filter((path) => path.endsWith(".ipynb"))
    : await repositoryFiles(context.root, { folders: ["notebooks"], ending: ".ipynb" });
  if (notebooks.length === 0) return [];
  const checking = checkNotebooks(notebooks, context);
  return [
    await runStage("notebook lint", async () => reportProblems((await checking).lint)),
    await runStage("notebook types", async () => reportProblems((await checking).types)),
  ];
}

/** The tests and the doc examples, their output live. */
export function runTests(context: StageContext): Promise<StageResult> {
  return runStage("tests", async () => {
    const paths = codePaths(context);
    if (paths.length === 0) {
      return { passed: 0, failed: 0, skipped: [], notes: ["no code to test"] };
    }
    const report = await Deno.makeTempFile({ suffix: ".xml" });
    try {
      const run = await runDeno(
        // Types were checked by a stage of their own.
        [
          "test",
          "-A",
          "--doc",
          "--no-check",
          "--config",
          context.configPath,
          `--junit-path=${report}`,
          ...paths,
        ],
        { cwd: context.root, live: true },
      );
      return readTestReport(await Deno.readTextFile(report), run);
    } finally {
      await Deno.remove(report).catch(() => {});
    }
  });
}

/** The whole lecture with small budgets, its progress live, its pages thrown away. */
export function runQuickLecture(context: StageContext): Promise<StageResult> {
  return runStage("lecture --quick", async () => {
    const out = await Deno.makeTempDir({ prefix: "unrolled-" });
    try {
      const run = await runDeno(["run", "-A", "tools/lecture.ts", "--quick", "--out", out], {
        cwd: context.root,
        live: true,
      });
      return singleCheck(
        run.ok,
        run.ok ? [] : [`ended with exit code ${run.code}; its output stands above.`],
      );
    } finally {
      await Deno.remove(out, { recursive: true }).catch(() => {});
    }
  });
}

function codePaths(context: StageContext): string[] {
  if (context.paths.length > 0) {
    return context.paths.filter((path) => !/\.(ipynb|md|json)$/.test(path));
  }
  return codeFolders.filter((folder) => existsSync(join(context.root, folder)));
}

async function captured(
  commandArguments: string[],
  context: StageContext & { needsPaths?: readonly string[] },
): Promise<StageFindings> {
  if (context.needsPaths?.length === 0) return singleCheck(true, ["nothing of this kind to check"]);
  const run = await runDeno(commandArguments, { cwd: context.root });
  if (!run.ok) console.log(firstLines(`${run.stdout}${run.stderr}`));
  return singleCheck(run.ok);
}

function reportProblems(problems: readonly string[]): StageFindings {
  if (problems.length > 0) console.log(firstLines(problems.join("\n")));
  return singleCheck(problems.length === 0);
}
