import { join, relative } from "node:path";

/** Folders that hold nothing of ours. */
const foreign = ["node_modules", "out", ".git", ".ipynb_checkpoints"];

/**
 * Files of the repository whose names end as asked, sorted, as paths from `root` with forward slashes.
 * Hidden files are left out, and a folder that is not there holds nothing.
 * @param options.except folders to leave out, as paths from `root` that end with a slash
 */
export async function repositoryFiles(
  root: string,
  options: { folders: readonly string[]; ending: string; except?: readonly string[] },
): Promise<string[]> {
  const found: string[] = [];
  for (const folder of options.folders) {
    for await (const path of walk(join(root, folder))) {
      if (path.endsWith(options.ending)) found.push(relative(root, path).replaceAll("\\", "/"));
    }
  }
  const except = options.except ?? [];
  return found.filter((path) => !except.some((folder) => path.startsWith(folder))).sort();
}

async function* walk(folder: string): AsyncGenerator<string> {
  for (const entry of await entriesOf(folder)) {
    if (foreign.includes(entry.name) || entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* walk(path);
    else if (entry.isFile) yield path;
  }
}

async function entriesOf(folder: string): Promise<Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Folders that `deno.json` excludes: what lies there is no Deno code (AssemblyScript, say) and follows rules of its own. */
export async function foldersDenoExcludes(root: string): Promise<string[]> {
  const config = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  return config.exclude ?? [];
}
