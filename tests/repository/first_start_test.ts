import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { runDeno } from "tools/test/run_deno.ts";
import { repositoryRoot as root } from "./repository_root.ts";

const readJson = async (name: string) => JSON.parse(await Deno.readTextFile(join(root, name)));
const development = Object.values<string>((await readJson("deno.dev.json")).imports)
  .map((specifier) => /npm:\/?((?:@[^/]+\/)?[^@/]+)/.exec(specifier)![1]);

Deno.test("a first start fetches no package that only development needs", async () => {
  assert(development.length >= 4, development.join(" "));
  // Deno fetches whatever the lockfile names, used or not.
  const locked = Object.keys((await readJson("deno.lock")).npm).map((key) => key.split("@")[0]);
  const imported = Object.values<string>((await readJson("deno.json")).imports).join(" ");
  for (const name of development) {
    assertEquals([locked.includes(name), imported.includes(`npm:${name}@`)], [false, false], name);
  }
});

Deno.test("development's lockfile pins what deno.lock pins, and its own packages", async () => {
  const [own, all] = [await readJson("deno.lock"), await readJson("deno.dev.lock")];
  assertEquals(Object.keys(own.npm).filter((key) => !(key in all.npm)), []);
  for (const name of development) {
    assert(Object.keys(all.npm).some((key) => key.startsWith(`${name}@`)), name);
  }
});

Deno.test("the lecture and the playground import nothing that only development has", async () => {
  const entries = [
    "tools/lecture.ts",
    "tools/playground/worker.ts",
    "tools/serve.ts",
    "tools/lab.ts",
  ];
  for (const entry of entries) {
    const options = ["info", "--json", "--no-lock", "--config", join(root, "deno.json")];
    const { stdout } = await runDeno([...options, join(root, entry)], { cwd: root });
    const missing = JSON.parse(stdout).modules.filter(({ error }: { error?: string }) => error);
    assertEquals(missing.map(({ specifier }: { specifier: string }) => specifier), [], entry);
  }
});
