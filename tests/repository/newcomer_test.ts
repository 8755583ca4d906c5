import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot as root } from "./repository_root.ts";

const read = (path: string) => Deno.readTextFile(join(root, path));

Deno.test("the workflow runs the README's two commands, word for word", async () => {
  const readme = await read("README.md");
  const commands = [...readme.matchAll(/^npx --yes deno@.*$/gm)].map(([line]) => line);
  assertEquals(commands.length, 2);
  const workflow = await read(".github/workflows/lecture.yml");
  for (const command of commands) assertStringIncludes(workflow, `- run: ${command}\n`);
});

Deno.test("every door opens on the same Deno", async () => {
  const doors = [
    "README.md",
    "CONTRIBUTING.md",
    ".github/workflows/lecture.yml",
    ".devcontainer/devcontainer.json",
    ".binder/postBuild",
  ];
  const versions = new Set<string>();
  for (const door of doors) {
    for (const [, version] of (await read(door)).matchAll(/deno@(\d+\.\d+\.\d+)/g)) {
      versions.add(version);
    }
  }
  assertEquals([...versions], ["2.9.6"]);
});

Deno.test("CONTRIBUTING.md names files, folders and tasks that are there", async () => {
  const text = await read("CONTRIBUTING.md");
  const named = [...text.matchAll(/`((?:lib|tests|tools|data)\/[\w/.]*)`/g)].map(([, path]) => path)
    .filter((path) => !path.includes("/x"));
  assert(named.length >= 8, named.join(" "));
  assertEquals(named.filter((path) => !existsSync(join(root, path))), []);
  const { tasks } = JSON.parse(await read("deno.json"));
  const used = [...text.matchAll(/deno task ([\w-]+)/g)].map(([, task]) => task);
  assertEquals(used.filter((task) => !(task in tasks)), []);
});

Deno.test("code and texts say their licences, to readers and to machines", async () => {
  assertStringIncludes(await read("LICENSE"), "MIT License");
  assertStringIncludes(await read("data/LICENSE"), "CC0-1.0");
  const citation = await read("CITATION.cff");
  for (const field of ["cff-version: 1.2.0", "title:", "authors:", "license: MIT", "message:"]) {
    assertStringIncludes(citation, field);
  }
});
