import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { findJupyter, noJupyter } from "tools/lab/find_jupyter.ts";

/** Makes a PATH of folders that hold empty files of these names. */
async function withPath(
  folders: readonly (readonly string[])[],
  work: (paths: string[]) => void,
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    const paths = folders.map((_, index) => join(root, String(index)));
    for (const [index, names] of folders.entries()) {
      await Deno.mkdir(paths[index]);
      for (const name of names) await Deno.writeTextFile(join(paths[index], name), "");
    }
    work(paths);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("findJupyter() prefers Lab, wherever on the PATH it is", async () => {
  await withPath([["jupyter-notebook"], ["jupyter-lab"]], (paths) => {
    assertEquals(findJupyter({ os: "linux", env: { PATH: paths.join(":") } }), {
      name: "Jupyter Lab",
      path: join(paths[1], "jupyter-lab"),
    });
  });
});

Deno.test("findJupyter() takes Notebook where there is no Lab", async () => {
  await withPath([[], ["jupyter-notebook"]], (paths) => {
    assertEquals(findJupyter({ os: "darwin", env: { PATH: `:${paths.join(":")}` } }), {
      name: "Jupyter Notebook",
      path: join(paths[1], "jupyter-notebook"),
    });
  });
});

Deno.test("findJupyter() finds nothing on a PATH without Jupyter, or without a PATH", async () => {
  await withPath([["jupyter"]], (paths) => {
    assertEquals(findJupyter({ os: "linux", env: { PATH: paths[0] } }), undefined);
  });
  assertEquals(findJupyter({ os: "linux", env: {} }), undefined);
});

Deno.test("noJupyter says how to get one", () => {
  assertStringIncludes(noJupyter, "pip install jupyterlab");
  assertStringIncludes(noJupyter, "VS Code");
});
