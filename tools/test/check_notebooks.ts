import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readNotebook } from "tools/jupyter/notebook/read_notebook.ts";
import { joinCells, type JoinedCells } from "tools/test/joined_cells.ts";
import { runDeno } from "tools/test/run_deno.ts";

/** Where the checks run and under what configuration. */
export interface NotebookCheckOptions {
  /** The repository's root, which the paths of notebooks are relative to. */
  readonly root: string;
  /** A Deno configuration, for the aliases and the lint rules. */
  readonly configPath: string;
}

/** What is wrong with the code of the notebooks, a sentence each: notebook, cell and line in front. */
export interface NotebookProblems {
  readonly lint: string[];
  readonly types: string[];
}

interface NotebookModule {
  readonly notebook: string;
  readonly path: string;
  readonly cells: JoinedCells;
}

/**
 * Lints and type-checks the cells of notebooks: `deno lint` and `deno check` do not read notebooks, so that each one's
 * cells are joined into a module beside it (relative imports hold) for as long as the check lasts.
 *
 * @throws {InvalidNotebookError} if a file is not a notebook.
 */
export async function checkNotebooks(
  notebooks: readonly string[],
  options: NotebookCheckOptions,
): Promise<NotebookProblems> {
  if (notebooks.length === 0) return { lint: [], types: [] };
  const modules: NotebookModule[] = [];
  try {
    for (const notebook of notebooks) modules.push(await writeModule(notebook, options.root));
    return {
      lint: await lintProblems(modules, options),
      types: await typeProblems(modules, options),
    };
  } finally {
    for (const module of modules) await Deno.remove(module.path).catch(() => {});
  }
}

async function writeModule(notebook: string, root: string): Promise<NotebookModule> {
  const file = resolve(root, notebook);
  const cells = joinCells(await readNotebook(file));
  const path = join(dirname(file), `.cells.${basename(file, ".ipynb")}.${Deno.pid}.ts`);
  await Deno.writeTextFile(path, cells.code);
  return { notebook, path, cells };
}

interface LintReport {
  diagnostics: {
    filename: string;
    range: { start: { line: number } };
    message: string;
    code: string;
  }[];
  errors: { file_path: string; message: string }[];
}

async function lintProblems(modules: readonly NotebookModule[], options: NotebookCheckOptions) {
  const paths = modules.map((module) => module.path);
  const run = await runDeno(["lint", "--json", "--config", options.configPath, ...paths], {
    cwd: options.root,
  });
  const report = parseLintReport(run.stdout);
  if (!report) return [`deno lint gave no report: ${run.stderr.trim()}`];
  const found = report.diagnostics.map(({ filename, range, message, code }) => {
    const module = modules.find((one) => pathToFileURL(one.path).href === filename);
    return `${module ? placeOf(module, range.start.line) : filename}: ${message} (${code})`;
  });
  const unread = report.errors.map(({ file_path, message }) =>
    withNotebookPlaces(`${file_path}: ${message}`, modules)
  );
  return [...found, ...unread];
}

function parseLintReport(text: string): LintReport | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function typeProblems(modules: readonly NotebookModule[], options: NotebookCheckOptions) {
  const paths = modules.map((module) => module.path);
  const run = await runDeno(["check", "--quiet", "--config", options.configPath, ...paths], {
    cwd: options.root,
  });
  return run.ok ? [] : [withNotebookPlaces(run.stderr.trim(), modules)];
}

/** Puts notebook, cell and line where Deno's output names a line of a joined module. */
function withNotebookPlaces(output: string, modules: readonly NotebookModule[]): string {
  return modules.reduce((text, module) => {
    const names = [pathToFileURL(module.path).href, module.path];
    return names.reduce((rest, name) => {
      const place = new RegExp(`${RegExp.escape(name)}(?::(\\d+):\\d+)?`, "g");
      return rest.replace(
        place,
        (_, line) => line ? placeOf(module, Number(line)) : module.notebook,
      );
    }, text);
  }, output);
}

function placeOf(module: NotebookModule, line: number): string {
  const place = module.cells.place(line);
  return place ? `${module.notebook}, cell ${place.cell}, line ${place.line}` : module.notebook;
}
