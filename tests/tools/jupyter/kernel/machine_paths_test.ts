import { assertEquals } from "@std/assert";
import { machinePaths } from "tools/jupyter/kernel/machine_paths.ts";

Deno.test("machinePaths() names the nearest folder upward that has a Deno configuration", async () => {
  const project = await Deno.realPath(await Deno.makeTempDir());
  try {
    await Deno.writeTextFile(`${project}/deno.jsonc`, "{}");
    await Deno.mkdir(`${project}/a/b`, { recursive: true });
    const [url, path] = await machinePaths(`${project}/a/b`);
    assertEquals([url, path], [
      { path: `file://${project}/`, replacement: "" },
      { path: `${project}/`, replacement: "" },
    ]);
    await Deno.remove(`${project}/deno.jsonc`);
    await Deno.writeTextFile(`${project}/a/b/deno.json`, "{}");
    assertEquals((await machinePaths(`${project}/a/b`))[1].path, `${project}/a/b/`);
  } finally {
    await Deno.remove(project, { recursive: true });
  }
});
