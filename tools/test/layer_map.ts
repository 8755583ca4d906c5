/**
 * The README's picture of the library's layers, made from the imports themselves.
 *
 *     deno run -A tools/test/layer_map.ts
 *
 * @module
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeFileAtomically } from "tools/lecture/write_file_atomically.ts";
import { libraryLayers, type ModuleImports, readLibraryImports } from "tools/test/import_layers.ts";
import { foldersDenoExcludes, repositoryFiles } from "tools/test/repository_files.ts";

/** Around the picture in the README. */
export const layerMapMarkers = { start: "<!-- layers:start -->", end: "<!-- layers:end -->" };

/**
 * The layers as a Mermaid flowchart: a box for each folder with its number of modules, an arrow from a
 * folder to each that imports it. An arrow that follows from two others is left out.
 */
export function layerMap(
  modules: readonly ModuleImports[],
  layers: readonly (readonly string[])[] = libraryLayers,
): string {
  const folders = layers.flat();
  const users = new Map(folders.map((folder) => [folder, usersOf(folder, modules)]));
  const boxes = folders.map((folder) => {
    const count = modules.filter(({ module }) => folderOf(module) === folder).length;
    return `  ${folder}["${folder}<br>${count} ${count === 1 ? "module" : "modules"}"]`;
  });
  const arrows = folders.flatMap((folder) => {
    const own = users.get(folder)!;
    const isIndirect = (user: string) => own.some((other) => users.get(other)!.includes(user));
    return own.filter((user) => !isIndirect(user)).map((user) => `  ${folder} --> ${user}`);
  });
  return ["```mermaid", "flowchart LR", ...boxes, ...arrows, "```"].join("\n");
}

/** The folders that import a folder, in no order of their own. */
function usersOf(folder: string, modules: readonly ModuleImports[]): string[] {
  const users = modules.filter(({ imports }) => imports.some((one) => folderOf(one) === folder))
    .map(({ module }) => folderOf(module))
    .filter((user) => user !== folder);
  return [...new Set(users)].sort();
}

function folderOf(module: string): string {
  return module.split("/")[0];
}

/**
 * The README with its picture made anew.
 *
 * @throws {Error} if it has no place for one
 */
export function withLayerMap(readme: string, modules: readonly ModuleImports[]): string {
  const start = readme.indexOf(layerMapMarkers.start);
  const end = readme.indexOf(layerMapMarkers.end);
  if (start < 0 || end < start) {
    throw new Error("Cannot draw the layers: README.md has no place for them.");
  }
  const before = readme.slice(0, start + layerMapMarkers.start.length);
  return `${before}\n\n${layerMap(modules)}\n\n${readme.slice(end)}`;
}

/** The library's modules with their imports. */
export async function readModules(root: string): Promise<ModuleImports[]> {
  const except = await foldersDenoExcludes(root);
  const files = await repositoryFiles(root, { folders: ["lib"], ending: ".ts", except });
  return await readLibraryImports(files, { root });
}

if (import.meta.main) {
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const path = join(root, "README.md");
  await writeFileAtomically(
    path,
    withLayerMap(await Deno.readTextFile(path), await readModules(root)),
  );
}
