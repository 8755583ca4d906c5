import { assert, assertEquals } from "@std/assert";
import { binaryModule, compileKernels } from "tools/kernels.ts";

Deno.test("compileKernels() builds modules that import one memory and export the program", async () => {
  const binaries = await compileKernels();
  for (const binary of Object.values(binaries)) {
    const module = new WebAssembly.Module(binary as Uint8Array<ArrayBuffer>);
    assertEquals(WebAssembly.Module.imports(module), [
      { module: "env", name: "memory", kind: "memory" },
    ]);
    const names = WebAssembly.Module.exports(module).map(({ name }) => name);
    for (const name of ["run", "serve", "stop", "prepare", "roundsOnce"]) {
      assert(names.includes(name));
    }
  }
  assert(binaryModule(binaries).includes(`"${binaries.plain.toBase64()}"`));
});
