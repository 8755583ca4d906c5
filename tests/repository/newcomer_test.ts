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

/** Paths in backticks that are none: patterns, and what a run makes. */
const patterns = /[/]x|NAME/;

for (const page of ["README.md", "CONTRIBUTING.md"]) {
  Deno.test(`${page} names files, folders and tasks that are there`, async () => {
    const text = await read(page);
    const path = /`((?:lib|tests|tools|bench|data|notebooks|results)\/[\w/.]*)`/g;
    const named = [...text.matchAll(path)].map(([, path]) => path)
      .filter((path) => !patterns.test(path));
    assert(named.length >= 8, named.join(" "));
    assertEquals(named.filter((path) => !existsSync(join(root, path))), []);
    const { tasks } = JSON.parse(await read("deno.json"));
    const used = [...text.matchAll(/deno task ([\w-]+)/g)].map(([, task]) => task);
    assertEquals(used.filter((task) => !(task in tasks)), []);
  });
}

Deno.test("lib/kernels/README.md names modules and tests that are there", async () => {
  const text = await read("lib/kernels/README.md");
  const named = [...text.matchAll(/`([\w/]+\.ts)`/g)].map(([, path]) => path);
  assert(named.length >= 30, named.join(" "));
  const folderOf = (path: string) => path.endsWith("_test.ts") ? "tests/kernels" : "lib/kernels";
  assertEquals(named.filter((path) => !existsSync(join(root, folderOf(path), path))), []);
});

Deno.test("README.md's table of the library has every layer with its rooms", async () => {
  const text = await read("README.md");
  const rows = [...text.matchAll(/^\| `(\w+)` +\|[^|]*\|([^|]*)\|$/gm)]
    .map(([, layer, rooms]) => [layer, [...rooms.matchAll(/`(\w+)`/g)].map(([, room]) => room)]);
  const folders = (path: string) =>
    [...Deno.readDirSync(join(root, path))].filter(({ isDirectory }) => isDirectory)
      .map(({ name }) => name).sort();
  const sorted = rows.map(([layer, rooms]) => [layer, [...rooms].sort()] as const);
  assertEquals(
    Object.fromEntries(sorted),
    Object.fromEntries(folders("lib").map((layer) => [layer, folders(`lib/${layer}`)])),
  );
});

Deno.test("code and texts say their licences, to readers and to machines", async () => {
  assertStringIncludes(await read("LICENSE"), "MIT License");
  assertStringIncludes(await read("data/LICENSE"), "CC0-1.0");
  const citation = await read("CITATION.cff");
  for (const field of ["cff-version: 1.2.0", "title:", "authors:", "license: MIT", "message:"]) {
    assertStringIncludes(citation, field);
  }
});
