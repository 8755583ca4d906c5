import { join } from "node:path";
import { repositoryRoot as root } from "../repository/repository_root.ts";

/** What a notebook needs of the repository beside itself. */
const needed = ["deno.json", "deno.lock", "lib", "data", "results", "notebooks"];

/**
 * A copy of the repository as far as notebooks need it, for a client that saves what it runs; the
 * notebooks are set to small budgets.
 */
export async function copyForNotebooks(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "unrolled-copy-" });
  for (const name of needed) await copy(join(root, name), join(folder, name));
  for await (const { name } of Deno.readDir(join(folder, "notebooks"))) {
    if (!name.endsWith(".ipynb")) continue;
    const path = join(folder, "notebooks", name);
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace("const quick = false;", "const quick = true;"));
  }
  return folder;
}

/** The lecture's notebooks in a copy, as paths from it. */
export function notebooksOf(folder: string): string[] {
  return [...Deno.readDirSync(join(folder, "notebooks"))].map(({ name }) => name)
    .filter((name) => /^\d.*\.ipynb$/.test(name)).sort().map((name) => `notebooks/${name}`);
}

async function copy(from: string, to: string): Promise<void> {
  const { isDirectory } = await Deno.stat(from);
  if (!isDirectory) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) await copy(join(from, name), join(to, name));
}
