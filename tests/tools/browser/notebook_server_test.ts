import { assertEquals } from "@std/assert";
import { findNotebook } from "tools/browser/notebook_server.ts";

Deno.test("findNotebook() is the first jupyter-notebook on the PATH, and none elsewhere", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assertEquals(findNotebook({ PATH: folder }), undefined);
    assertEquals(findNotebook({}), undefined);
    await Deno.writeTextFile(`${folder}/jupyter-notebook`, "");
    assertEquals(findNotebook({ PATH: `/nowhere:${folder}` }), `${folder}/jupyter-notebook`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
