import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { commandLine } from "tools/command/command_line.ts";
import {
  checkFormat,
  checkLint,
  checkNotebookCells,
  checkTypes,
  runQuickLecture,
  runTests,
  type StageContext,
} from "tools/test/stages.ts";
import type { StageResult } from "tools/test/stage.ts";
import { summarise } from "tools/test/summary.ts";
import { jsrAnswers, writeTestConfig } from "tools/test/test_config.ts";
import {
  readTestOptions,
  type TestOptions,
  testOptions,
  testUsage,
} from "tools/test/test_options.ts";

/** Runs the stages one after the other; a failure does not keep the later ones from running. */
async function runStages(context: StageContext, options: TestOptions): Promise<StageResult[]> {
  const results = [
    await checkFormat(context),
    await checkLint(context),
    await checkTypes(context),
    ...await checkNotebookCells(context),
    await runTests(context),
  ];
  return options.lecture ? [...results, await runQuickLecture(context)] : results;
}

async function main(): Promise<number> {
  const options = commandLine({
    task: "test",
    usage: testUsage,
    options: testOptions,
    positionals: true,
    read: readTestOptions,
  });
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const standIn = !await jsrAnswers();
  if (standIn) {
    console.log("JSR does not answer: tests/standin/assert takes the place of jsr:@std/assert.");
  }
  const config = await writeTestConfig(root, { standIn });
  Deno.addSignalListener("SIGINT", () => config.remove().finally(() => Deno.exit(130)));
  try {
    const context = { root, configPath: config.path, paths: options.paths, log: console.log };
    const results = await runStages(context, options);
    console.log(summarise(results));
    return results.every((stage) => stage.failed === 0) ? 0 : 1;
  } finally {
    await config.remove();
  }
}

if (import.meta.main) Deno.exit(await main());
