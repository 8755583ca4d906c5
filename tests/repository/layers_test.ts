import { assertEquals, assertGreater } from "@std/assert";
import { join } from "node:path";
import { layerProblems, roomProblems } from "tools/test/import_layers.ts";
import { readModules, withLayerMap } from "tools/test/layer_map.ts";
import { foldersDenoExcludes, repositoryFiles } from "tools/test/repository_files.ts";
import { repositoryRoot as root } from "./repository_root.ts";

const modules = await readModules(root);

Deno.test("lib/ imports run one way along the layers", async () => {
  const except = await foldersDenoExcludes(root);
  const files = await repositoryFiles(root, { folders: ["lib"], ending: ".ts", except });
  const read = new Set(modules.map(({ module }) => `lib/${module}`));
  assertEquals(files.filter((file) => !read.has(file)), [], "files whose imports were not read");
  assertGreater(modules.reduce((sum, { imports }) => sum + imports.length, 0), 0);
  assertEquals(layerProblems(modules), []);
});

Deno.test("the probes' rooms build on what they share, and not on one another", () => {
  assertEquals(roomProblems(modules), []);
});

Deno.test("README.md draws the layers as the imports are: deno run -A tools/test/layer_map.ts", async () => {
  const readme = await Deno.readTextFile(join(root, "README.md"));
  assertEquals(readme, withLayerMap(readme, modules));
});
