import { assertEquals, assertGreater } from "@std/assert";
import { layerProblems, readLibraryImports } from "tools/test/import_layers.ts";
import { repositoryFiles } from "tools/test/repository_files.ts";
import { repositoryRoot as root } from "./repository_root.ts";

Deno.test("lib/ imports run one way along the layers", async () => {
  const files = await repositoryFiles(root, { folders: ["lib"], ending: ".ts" });
  const modules = await readLibraryImports(files, { root });
  assertEquals(modules.map(({ module }) => `lib/${module}`).sort(), files);
  assertGreater(modules.reduce((sum, { imports }) => sum + imports.length, 0), 0);
  assertEquals(layerProblems(modules), []);
});
