/** What `deno task test` was asked to do. */
export interface TestOptions {
  /** Files and folders to check; empty for everything. */
  readonly paths: readonly string[];
  /** Whether the quick lecture runs. It does not where `paths` narrow the checks. */
  readonly lecture: boolean;
}

/** What `--help` prints. */
export const testUsage = `deno task test [PATH ...] [--no-lecture]

Checks formatting, lint and types of the library, the tools, the tests, the benchmarks and the notebooks' cells,
runs the tests and the doc examples, and executes the lecture with --quick.

  PATH ...       only these files, folders or notebooks; the lecture is left out
  --no-lecture   everything but the lecture`;

/** What it takes beside paths. */
export const testOptions = { "no-lecture": { type: "boolean" } } as const;

/** Makes sense of what was found on the command line. */
export function readTestOptions(
  { values, positionals }: {
    values: { readonly "no-lecture"?: boolean };
    positionals: readonly string[];
  },
): TestOptions {
  return {
    paths: positionals,
    lecture: !values["no-lecture"] && positionals.length === 0,
  };
}
