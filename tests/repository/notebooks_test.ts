import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { readNotebook } from "tools/jupyter/notebook/read_notebook.ts";
import { notebookProblems } from "tools/test/notebook_rules.ts";
import { repositoryFiles } from "tools/test/repository_files.ts";
import { repositoryRoot as root } from "./repository_root.ts";

Deno.test("notebooks/ have the metadata, the ids, the cells and the parameters of a lecture", async () => {
  const paths = await repositoryFiles(root, { folders: ["notebooks"], ending: ".ipynb" });
  const problems = await Promise.all(
    paths.map(async (path) => notebookProblems(await readNotebook(join(root, path)), path)),
  );
  assertEquals(problems.flat(), []);
});
