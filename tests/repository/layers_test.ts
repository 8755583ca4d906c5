import { assertEquals, assertGreater } from "@std/assert";
import { layerProblems, readLibraryImports } from "tools/test/import_layers.ts";
import { foldersDenoExcludes, repositoryFiles } from "tools/test/repository_files.ts";
import { repositoryRoot as root } from "./repository_root.ts";

Deno.test("lib/ imports run one way along the layers", async () => {
  const except = await foldersDenoExcludes(root);
  const files = await repositoryFiles(root, { folders: ["lib"], ending: ".ts", except });
  const modules = await readLibraryImports(files, { root });
  const read = new Set(modules.map(({ module }) => `lib/${module}`));
  assertEquals(files.filter((file) => !read.has(file)), [], "files whose imports were not read");
  assertGreater(modules.reduce((sum, { imports }) => sum + imports.length, 0), 0);
  assertEquals(layerProblems(modules), []);
});
