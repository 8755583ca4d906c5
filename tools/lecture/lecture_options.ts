import { readArguments, UsageError, wholeNumber } from "tools/command/command_line.ts";

/** What `setTimeout` can wait, in seconds: 24 days. */
const longestSeconds = Math.floor((2 ** 31 - 1) / 1000);

/** Notebooks count on from a seed, one for each run. */
const greatestSeed = 2 ** 31 - 1;

/** What `deno task lecture` was asked to do. */
export interface LectureOptions {
  /** Names of the lecture's notebooks, or paths of any; all of the lecture if empty. */
  readonly notebooks: readonly string[];
  readonly quick: boolean;
  readonly inPlace: boolean;
  readonly check: boolean;
  /** Keep the claims measured on another text in `results/`. */
  readonly store: boolean;
  readonly corpus?: string;
  readonly seed?: number;
  readonly out: string;
  /** Notebooks that run at the same time. */
  readonly jobs: number;
  readonly cellTimeoutSeconds?: number;
  readonly help: boolean;
}

/** The help text. */
export const lectureUsage = `deno task lecture [NOTEBOOK ...] [options]

Executes the lecture's notebooks in the Deno kernel and writes into out/ the executed notebooks,
a page for each with an index, and claims.json. Ends with a table of the claims.

  NOTEBOOK         a name or number in notebooks/ (3, 3_gradients), or the path of any Deno
                   notebook; all of notebooks/ if none is given
  --quick          small budgets: a first look at everything
  --corpus NAME    another text: a name of the catalogue in data/, or a path
  --seed N         another seed
  --in-place       write the outputs into the notebooks themselves, and refresh
                   results/claims.json and the README's tables, if all went well
  --check          compare the claims with results/claims.json, to the last digit; with --corpus,
                   with those stored for that text
  --store          with --corpus: keep the claims in results/claims_NAME.json, if all went well
  --out DIR        folder for what is written (out)
  --jobs N         notebooks run at the same time (1)
  --cell-timeout S longest time for a cell, in seconds (600)
  --help           this text

Exit code: 0 if all went well; 1 if a cell failed, an exact claim does not hold, a claim is missing
or given twice, or --check found a difference; 2 for a command line that makes no sense; 130 after Ctrl-C.`;

/**
 * Reads the command line.
 *
 * @throws {UsageError} on an unknown option, a value that is missing or no number, or options that exclude one another.
 */
export function parseLectureOptions(args: readonly string[]): LectureOptions {
  const { values, positionals } = readArguments(args, {
    task: "lecture",
    options: known,
    positionals: true,
  });
  const options: LectureOptions = {
    notebooks: positionals,
    quick: values.quick ?? false,
    inPlace: values["in-place"] ?? false,
    check: values.check ?? false,
    store: values.store ?? false,
    corpus: values.corpus,
    seed: wholeNumber(values.seed, { name: "--seed", least: 0, most: greatestSeed }),
    out: values.out ?? "out",
    jobs: wholeNumber(values.jobs, { name: "--jobs", least: 1 }) ?? 1,
    cellTimeoutSeconds: wholeNumber(values["cell-timeout"], {
      name: "--cell-timeout",
      least: 1,
      most: longestSeconds,
    }),
    help: values.help ?? false,
  };
  refuseContradictions(options);
  return options;
}

const flag = { type: "boolean" } as const;
const text = { type: "string" } as const;
const known = {
  quick: flag,
  "in-place": flag,
  check: flag,
  store: flag,
  corpus: text,
  seed: text,
  out: text,
  jobs: text,
  "cell-timeout": text,
};

/** What is committed comes from full runs with the notebooks' own settings, or it would not be comparable. */
function refuseContradictions(options: LectureOptions): void {
  const { inPlace, check, quick, corpus, seed, store } = options;
  if (check && (inPlace || store)) {
    const writer = inPlace ? "--in-place" : "--store";
    throw new UsageError(
      `Cannot use ${writer} with --check: one writes the committed claims, the other compares with them.`,
    );
  }
  if (inPlace) {
    refuse("--in-place", {
      because: "what is committed comes from the notebooks as they stand",
      given: { "--quick": quick, "--corpus": corpus !== undefined, "--seed": seed !== undefined },
    });
  }
  if (!store) return;
  refuse("--store", {
    because: "what is stored comes from full budgets and the notebooks' own seed",
    given: { "--quick": quick, "--seed": seed !== undefined },
  });
  if (corpus === undefined || corpus === "embedded" || !/^[\w-]+$/.test(corpus)) {
    throw new UsageError(
      `Cannot use --store with ${corpus === undefined ? "no --corpus" : `--corpus ${corpus}`}: ` +
        "it keeps the claims of another text of the catalogue in data/, by its name.",
    );
  }
}

/** Refuses the first of the options given that does not go with this one. */
function refuse(
  option: string,
  { because, given }: { because: string; given: Record<string, boolean> },
): void {
  const other = Object.keys(given).find((name) => given[name]);
  if (other) throw new UsageError(`Cannot use ${option} with ${other}: ${because}.`);
}
