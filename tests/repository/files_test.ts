import { assertEquals, assertGreater } from "@std/assert";
import { join } from "node:path";
import {
  chanceProblems,
  mirrorProblems,
  sizeProblems,
  type SourceFile,
} from "tools/test/file_rules.ts";
import { foldersDenoExcludes, repositoryFiles } from "tools/test/repository_files.ts";
import { repositoryRoot as root } from "./repository_root.ts";

async function filesOf(
  folders: readonly string[],
  options: { ending: string; except?: readonly string[] },
): Promise<SourceFile[]> {
  const paths = await repositoryFiles(root, { folders, ...options });
  return Promise.all(
    paths.map(async (path) => ({ path, text: await Deno.readTextFile(join(root, path)) })),
  );
}

Deno.test("lib/ modules each have a test that mirrors their path", async () => {
  const except = await foldersDenoExcludes(root);
  const modules = await filesOf(["lib"], { ending: ".ts", except });
  const tests = await repositoryFiles(root, { folders: ["tests"], ending: "_test.ts" });
  assertGreater(modules.length, 0);
  assertEquals(mirrorProblems(modules, tests), []);
});

Deno.test("lib/ modules are at most 250 lines and named after what they hold", async () => {
  assertEquals(sizeProblems(await filesOf(["lib"], { ending: ".ts" })), []);
});

Deno.test("lib/, tools/ and notebooks/ draw nothing without a seed", async () => {
  const code = await filesOf(["lib", "tools"], { ending: ".ts" });
  const notebooks = await filesOf(["notebooks"], { ending: ".ipynb" });
  assertEquals(chanceProblems([...code, ...notebooks]), []);
});
