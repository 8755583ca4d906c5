import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { foldersDenoExcludes, repositoryFiles } from "tools/test/repository_files.ts";

Deno.test("repositoryFiles() lists by ending, sorted, without hidden and foreign files", async () => {
  const root = await Deno.makeTempDir();
  try {
    for (const folder of ["lib/b", "lib/a", "lib/node_modules", "lib/.hidden"]) {
      await Deno.mkdir(join(root, folder), { recursive: true });
      await Deno.writeTextFile(join(root, folder, "x.ts"), "");
      await Deno.writeTextFile(join(root, folder, "x.md"), "");
    }
    await Deno.writeTextFile(join(root, "lib/a/.cells.n.ts"), "");
    await Deno.writeTextFile(join(root, "deno.json"), '{ "exclude": ["lib/b/"] }');
    assertEquals(await repositoryFiles(root, { folders: ["lib", "absent"], ending: ".ts" }), [
      "lib/a/x.ts",
      "lib/b/x.ts",
    ]);
    const except = await foldersDenoExcludes(root);
    assertEquals(await repositoryFiles(root, { folders: ["lib"], ending: ".ts", except }), [
      "lib/a/x.ts",
    ]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
