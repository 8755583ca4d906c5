import { assertEquals, assertGreater } from "@std/assert";
import { join } from "node:path";
import {
  chanceProblems,
  mirrorProblems,
  sizeProblems,
  type SourceFile,
} from "tools/test/file_rules.ts";
import { repositoryFiles } from "tools/test/repository_files.ts";
import { repositoryRoot as root } from "./repository_root.ts";

async function filesOf(folders: readonly string[], ending: string): Promise<SourceFile[]> {
  const paths = await repositoryFiles(root, { folders, ending });
  return Promise.all(
    paths.map(async (path) => ({ path, text: await Deno.readTextFile(join(root, path)) })),
  );
}

Deno.test("lib/ modules each have a test that mirrors their path", async () => {
  const modules = await filesOf(["lib"], ".ts");
  const tests = await repositoryFiles(root, { folders: ["tests"], ending: "_test.ts" });
  assertGreater(modules.length, 0);
  assertEquals(mirrorProblems(modules, tests), []);
});

Deno.test("lib/ modules are at most 250 lines and named after what they hold", async () => {
  assertEquals(sizeProblems(await filesOf(["lib"], ".ts")), []);
});

Deno.test("lib/, tools/ and notebooks/ draw nothing without a seed", async () => {
  const code = await filesOf(["lib", "tools"], ".ts");
  const notebooks = await filesOf(["notebooks"], ".ipynb");
  assertEquals(chanceProblems([...code, ...notebooks]), []);
});
