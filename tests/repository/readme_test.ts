import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { repositoryRoot as root } from "./repository_root.ts";

const readme = await Deno.readTextFile(join(root, "README.md"));
const { tasks } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));

Deno.test("README.md shows the two commands, which are tasks, with the Deno pinned", () => {
  const block = readme.match(/^## Two commands\n[^]*?```sh\n([^]*?)```/m)?.[1].trim().split("\n");
  assertEquals(block, ["lecture", "test"].map((task) => `npx --yes deno@2.9.6 task ${task}`));
  for (const task of ["lecture", "test", "lab"]) {
    assertEquals(typeof tasks[task]?.command, "string");
  }
});

Deno.test("README.md has a place for the generated table of claims", () => {
  assertStringIncludes(readme, "<!-- claims:start -->");
  assertStringIncludes(readme.split("<!-- claims:start -->")[1], "<!-- claims:end -->");
});
