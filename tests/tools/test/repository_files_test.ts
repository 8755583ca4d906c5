import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { repositoryFiles } from "tools/test/repository_files.ts";

Deno.test("repositoryFiles() lists by ending, sorted, without hidden and foreign files", async () => {
  const root = await Deno.makeTempDir();
  try {
    for (const folder of ["lib/b", "lib/a", "lib/node_modules", "lib/.hidden"]) {
      await Deno.mkdir(join(root, folder), { recursive: true });
      await Deno.writeTextFile(join(root, folder, "x.ts"), "");
      await Deno.writeTextFile(join(root, folder, "x.md"), "");
    }
    await Deno.writeTextFile(join(root, "lib/a/.cells.n.ts"), "");
    assertEquals(await repositoryFiles(root, { folders: ["lib", "absent"], ending: ".ts" }), [
      "lib/a/x.ts",
      "lib/b/x.ts",
    ]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
