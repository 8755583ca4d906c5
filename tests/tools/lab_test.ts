import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const lab = fileURLToPath(new URL("../../tools/lab.ts", import.meta.url));

/** Runs `deno task lab` on a machine of its own: this data folder, and only this folder on the PATH. */
async function runLab(folder: string, commandArguments: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", lab, ...commandArguments],
    env: { JUPYTER_DATA_DIR: join(folder, "data"), PATH: folder, NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("lab installs the kernel and says how to get a Jupyter where there is none", async () => {
  await inFolder(async (folder) => {
    const { code, stderr } = await runLab(folder, []);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "pip install jupyterlab");
    const path = join(folder, "data/kernels/deno/kernel.json");
    assertEquals(JSON.parse(await Deno.readTextFile(path)).argv[0], Deno.execPath());
  });
});

Deno.test("lab --install-only is content without a Jupyter", async () => {
  await inFolder(async (folder) => {
    assertEquals((await runLab(folder, ["--install-only"])).code, 0);
  });
});

Deno.test({
  name: "lab opens Jupyter on the notebooks, hands its options on and ends as it ends",
  ignore: Deno.build.os === "windows", // the stand-in for Jupyter is a shell script
  fn: async () => {
    await inFolder(async (folder) => {
      const script = '#!/bin/sh\necho "jupyter got: $*"\nexit 7\n';
      await Deno.writeTextFile(join(folder, "jupyter-lab"), script, { mode: 0o755 });
      const { code, stdout } = await runLab(folder, ["--no-browser"]);
      assertEquals(code, 7);
      const line = stdout.split("\n").find((text) => text.startsWith("jupyter got: "));
      assert(line?.endsWith("notebooks --no-browser"), stdout);
    });
  },
});
