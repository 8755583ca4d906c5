import { parseArgs } from "node:util";

/** What `deno task test` was asked to do. */
export interface TestOptions {
  /** Files and folders to check; empty for everything. */
  readonly paths: readonly string[];
  /** Whether the quick lecture runs. It does not where `paths` narrow the checks. */
  readonly lecture: boolean;
  readonly help: boolean;
}

/** What `--help` prints. */
export const testUsage = `deno task test [PATH ...] [--no-lecture]

Checks formatting, lint and types of the library, the tools, the tests, the benchmarks and the notebooks' cells,
runs the tests and the doc examples, and executes the lecture with --quick.

  PATH ...       only these files, folders or notebooks; the lecture is left out
  --no-lecture   everything but the lecture`;

/**
 * Reads the command line.
 * @throws {TypeError} on an option that does not exist.
 */
export function readTestOptions(commandLine: readonly string[]): TestOptions {
  const { values, positionals } = parseArgs({
    args: [...commandLine],
    allowPositionals: true,
    options: { "no-lecture": { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  return {
    paths: positionals,
    lecture: !values["no-lecture"] && positionals.length === 0,
    help: values.help ?? false,
  };
}
