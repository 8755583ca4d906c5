import { basename, dirname, join, relative, resolve } from "node:path";
import { UsageError } from "tools/command/command_line.ts";

/** A notebook to run. */
export interface NotebookTarget {
  readonly path: string;
  /** Stem of the files written for it, unique in a run. */
  readonly name: string;
  /** Whether it is one of the lecture's own: these must list their claims. */
  readonly ofLecture: boolean;
}

/**
 * The notebooks asked for, in the order of the lecture for its own, then others as given; without names, the whole lecture.
 *
 * @throws {UsageError} if a name is of no notebook, or of several.
 */
export async function findNotebooks(
  names: readonly string[],
  { folder }: { folder: string },
): Promise<NotebookTarget[]> {
  const own = await lectureNotebooks(folder);
  if (names.length === 0) {
    if (own.length === 0) throw new UsageError(`No notebooks in ${folder}.`);
    return own;
  }
  const wanted = new Set<NotebookTarget>();
  const others = new Map<string, NotebookTarget>();
  for (const name of names) {
    const target = findOwn(own, name);
    if (target !== undefined) wanted.add(target);
    else if (name.endsWith(".ipynb")) others.set(resolve(name), await otherNotebook(name));
    else throw unknownName(name, own);
  }
  return uniqueNames([...own.filter((target) => wanted.has(target)), ...others.values()]);
}

async function lectureNotebooks(folder: string): Promise<NotebookTarget[]> {
  const files: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (entry.isFile && entry.name.endsWith(".ipynb") && !entry.name.startsWith(".")) {
        files.push(entry.name);
      }
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files.sort((a, b) => a.localeCompare(b, "en", { numeric: true })).map((file) => ({
    path: join(folder, file),
    name: basename(file, ".ipynb"),
    ofLecture: true,
  }));
}

/** A lecture notebook by its path, its full name, its number, or the start of its name. */
function findOwn(own: readonly NotebookTarget[], name: string): NotebookTarget | undefined {
  const exact = own.find((target) =>
    target.name === name || resolve(target.path) === resolve(name)
  );
  if (exact) return exact;
  const matches = own.filter((target) =>
    /^\d+$/.test(name) ? target.name.split(/[_-]/)[0] === name : target.name.startsWith(name)
  );
  if (matches.length > 1) {
    throw new UsageError(
      `Cannot tell which notebook ${name} is: ${matches.map((match) => match.name).join(", ")}.`,
    );
  }
  return matches[0];
}

async function otherNotebook(path: string): Promise<NotebookTarget> {
  const found = await Deno.stat(path).then((info) => info.isFile, () => false);
  if (!found) throw new UsageError(`Cannot find the notebook ${path}.`);
  return { path, name: basename(path, ".ipynb"), ofLecture: false };
}

function unknownName(name: string, own: readonly NotebookTarget[]): UsageError {
  const known = own.map((target) => target.name).join(", ") || "none here";
  return new UsageError(
    `No notebook is called ${name}. The lecture has: ${known}. Give a path ending in .ipynb for any other.`,
  );
}

/** Two notebooks of the same name from different folders must not overwrite each other's pages. */
function uniqueNames(targets: readonly NotebookTarget[]): NotebookTarget[] {
  const taken = new Set<string>(["index"]);
  return targets.map((target) => {
    let name = target.name;
    if (taken.has(name)) name = `${basename(dirname(resolve(target.path)))}_${target.name}`;
    const stem = name;
    for (let number = 2; taken.has(name); number++) name = `${stem}_${number}`;
    taken.add(name);
    return { ...target, name };
  });
}

/** A path as short as it can be said from here. */
export function shownPath(path: string): string {
  const short = relative(".", path);
  return short.startsWith("..") ? path : short;
}
