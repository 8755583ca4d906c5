import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runDeno } from "tools/test/run_deno.ts";

/** The library's folders in the order of the data; a module imports its own folder and those of earlier rows. */
export const libraryLayers: readonly (readonly string[])[] = [
  ["random"],
  ["text"],
  ["sources"],
  ["kernels"],
  ["models"],
  ["training"],
  ["decoding", "inference"],
  ["probes"],
  ["experiments"],
  ["figures"],
  ["lecture"],
];

/** One module of the library and the modules of the library that it imports, as paths from `lib/`. */
export interface ModuleImports {
  readonly module: string;
  readonly imports: readonly string[];
}

/** The imports that run against the order, a sentence each. Folders of one row do not import each other either. */
export function layerProblems(
  modules: readonly ModuleImports[],
  layers: readonly (readonly string[])[] = libraryLayers,
): string[] {
  const rankOf = (folder: string) => layers.findIndex((row) => row.includes(folder));
  return modules.flatMap(({ module, imports }) => {
    const folder = topFolder(module);
    if (rankOf(folder) < 0) return [`lib/${module}: "${folder}" is no layer of the library`];
    return imports.flatMap((imported) => {
      const other = topFolder(imported);
      if (other === folder || (rankOf(other) >= 0 && rankOf(other) < rankOf(folder))) return [];
      return [
        `lib/${module} imports lib/${imported}, but ${folder} comes before or beside ${other}`,
      ];
    });
  });
}

/**
 * The imports of the probes' rooms from one another, a sentence each: what several rooms build on lies beside them,
 * in `probes/` itself.
 */
export function roomProblems(modules: readonly ModuleImports[]): string[] {
  const roomOf = (path: string) => /^probes\/([^/]+)\//.exec(path)?.[1];
  return modules.flatMap(({ module, imports }) => {
    const room = roomOf(module);
    const sideways = imports.filter((one) => room && roomOf(one) && roomOf(one) !== room);
    return sideways.map((one) => `lib/${module} imports lib/${one}, of another room of the probes`);
  });
}

function topFolder(path: string): string {
  return path.includes("/") ? path.split("/")[0] : "";
}

interface DenoGraph {
  modules: {
    specifier: string;
    error?: string;
    dependencies?: { code?: { specifier?: string }; type?: { specifier?: string } }[];
  }[];
}

/**
 * What the modules of a library import, types included, by `deno info`.
 *
 * @param files the library's modules, as paths from `root`, each starting with `lib/`
 * @throws {Error} where Deno cannot read the modules.
 */
export async function readLibraryImports(
  files: readonly string[],
  options: { root: string },
): Promise<ModuleImports[]> {
  const library = pathToFileURL(join(options.root, "lib")).href + "/";
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const urls = files.map((file) => pathToFileURL(join(options.root, file)).href);
    await Deno.writeTextFile(entry, urls.map((url) => `import "${url}";`).join("\n"));
    const run = await runDeno(
      ["info", "--json", "--no-lock", "--config", join(options.root, "deno.json"), entry],
      { cwd: options.root },
    );
    if (!run.ok) throw new Error(`Cannot read the imports of lib/: ${run.stderr.trim()}`);
    return importsWithin(library, JSON.parse(run.stdout));
  } finally {
    await Deno.remove(entry);
  }
}

function importsWithin(library: string, graph: DenoGraph): ModuleImports[] {
  const inLibrary = (specifier?: string) => specifier?.startsWith(library) ?? false;
  return graph.modules.filter((module) => inLibrary(module.specifier)).map((module) => {
    const targets = (module.dependencies ?? []).flatMap(({ code, type }) =>
      [code?.specifier, type?.specifier].filter(inLibrary) as string[]
    );
    return {
      module: module.specifier.slice(library.length),
      imports: [...new Set(targets.map((target) => target.slice(library.length)))],
    };
  });
}
