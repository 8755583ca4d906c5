import { join, relative } from "node:path";

/** Folders that hold nothing of ours. */
const foreign = ["node_modules", "out", ".git", ".ipynb_checkpoints"];

/**
 * Files of the repository whose names end as asked, sorted, as paths from `root` with forward slashes.
 * Hidden files are left out, and a folder that is not there holds nothing.
 */
export async function repositoryFiles(
  root: string,
  options: { folders: readonly string[]; ending: string },
): Promise<string[]> {
  const found: string[] = [];
  for (const folder of options.folders) {
    for await (const path of walk(join(root, folder))) {
      if (path.endsWith(options.ending)) found.push(relative(root, path).replaceAll("\\", "/"));
    }
  }
  return found.sort();
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
