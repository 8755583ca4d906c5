import { assert, assertEquals, assertRejects } from "@std/assert";
import { isAbsolute, join } from "node:path";
import { denoKernelspec, installKernelspec } from "tools/lab/kernelspec.ts";

Deno.test("denoKernelspec() starts our program by its whole path, interrupts by message and keeps colours out", async () => {
  const { argv, ...kernelspec } = denoKernelspec("/bin/deno", { runtimeFolder: "/data/runtime" });
  assertEquals(kernelspec, {
    display_name: "Deno",
    language: "typescript",
    interrupt_mode: "message",
    env: { NO_COLOR: "1", XDG_RUNTIME_DIR: "/data/runtime" },
  });
  const program = argv[3];
  assertEquals(argv, ["/bin/deno", "run", "--allow-all", program, "{connection_file}"]);
  assert(isAbsolute(program) && (await Deno.stat(program)).isFile, program);
});

Deno.test("installKernelspec() writes the kernel deno and its runtime folder, and replaces an older one", async () => {
  const data = await Deno.makeTempDir();
  try {
    const first = await installKernelspec(join(data, "new"), { denoPath: "/old/deno" });
    const path = await installKernelspec(join(data, "new"), { denoPath: "/bin/deno" });
    assertEquals([first, path], Array(2).fill(join(data, "new/kernels/deno/kernel.json")));
    const runtimeFolder = join(data, "new", "runtime");
    assertEquals(
      JSON.parse(await Deno.readTextFile(path)),
      denoKernelspec("/bin/deno", { runtimeFolder }),
    );
    assertEquals((await Deno.stat(runtimeFolder)).isDirectory, true);
    const files = await Array.fromAsync(Deno.readDir(join(data, "new/kernels/deno")));
    assertEquals(files.map(({ name }) => name), ["kernel.json"]);
  } finally {
    await Deno.remove(data, { recursive: true });
  }
});

Deno.test("installKernelspec() rejects where a file stands in the folder's place", async () => {
  const file = await Deno.makeTempFile();
  await assertRejects(() => installKernelspec(file, { denoPath: "/bin/deno" }));
  await Deno.remove(file);
});
