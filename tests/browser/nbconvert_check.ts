import { assertEquals } from "@std/assert";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { isCodeCell, joinLines, readNotebook } from "tools/jupyter/notebook/read_notebook.ts";
import { installKernelspec } from "tools/lab/kernelspec.ts";
import { claimMime } from "tools/lecture/claims_file.ts";
import { emittedClaims, promisedClaims } from "tools/lecture/notebook_claims.ts";
import { copyForNotebooks, notebooksOf } from "./notebook_copy.ts";

const command = (Deno.env.get("PATH") ?? "").split(":")
  .map((folder) => join(folder, "jupyter-nbconvert")).find((path) => existsSync(path));
const folder = command === undefined ? "" : await copyForNotebooks();
if (folder !== "") addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

for (const path of folder === "" ? [] : notebooksOf(folder)) {
  Deno.test(`jupyter nbconvert --execute loses no claim of ${path}, and leaves each on its own cell`, async () => {
    const data = join(folder, "jupyter");
    await installKernelspec(data, { denoPath: Deno.execPath() });
    const { success, stderr } = await new Deno.Command(command!, {
      args: ["--execute", "--to", "notebook", "--output", `done_${basename(path)}`, path],
      cwd: folder,
      env: { JUPYTER_DATA_DIR: data },
      stdout: "null",
      stderr: "piped",
    }).output();
    assertEquals(success, true, new TextDecoder().decode(stderr).slice(-2000));
    const done = await readNotebook(join(folder, "notebooks", `done_${basename(path)}`));
    const { claims, malformed } = emittedClaims(done);
    assertEquals(malformed, []);
    assertEquals(claims.map(({ id }) => id).sort(), [...promisedClaims(done) ?? []].sort());
    const stray = done.cells.filter(isCodeCell).filter(({ source, outputs }) =>
      !/showClaim|recordClaim/.test(joinLines(source)) &&
      outputs.some(({ data }) => claimMime in (data as object ?? {}))
    );
    assertEquals(stray.map(({ source }) => joinLines(source)), [], "claims below other cells");
  });
}
