import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PathReplacement } from "tools/jupyter/notebook/normalise_outputs.ts";

/**
 * The paths of this machine that a notebook run in `cwd` may show: the project's folder, and the user's.
 *
 * The project is the nearest folder upward with a Deno configuration, else `cwd`. Its paths become relative to it,
 * those in the user's folder start with `~`.
 */
export async function machinePaths(cwd: string): Promise<PathReplacement[]> {
  const folder = await Deno.realPath(cwd);
  const project = await projectFolder(folder) ?? folder;
  const home = Deno.env.get("HOME") ?? Deno.env.get("USERPROFILE");
  return [
    ...replacements(project, ""),
    ...(home ? replacements(home, "~/") : []),
  ];
}

function replacements(folder: string, replacement: string): PathReplacement[] {
  // The root of the file system is in every path, and says nothing.
  if (dirname(folder) === folder) return [];
  return [
    { path: `${pathToFileURL(folder).href}/`, replacement },
    { path: join(folder, "/"), replacement },
  ];
}

async function projectFolder(start: string): Promise<string | undefined> {
  for (let folder = start;; folder = dirname(folder)) {
    for (const name of ["deno.json", "deno.jsonc"]) {
      if (await Deno.stat(join(folder, name)).catch(() => undefined)) return folder;
    }
    if (dirname(folder) === folder) return undefined;
  }
}
