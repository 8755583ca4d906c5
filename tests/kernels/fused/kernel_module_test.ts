import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { plainKernels } from "lib/kernels/fused/kernel_binary.ts";
import {
  compileKernelModule,
  hasRelaxedSimd,
  hasSimd,
  withMemoryLimits,
} from "lib/kernels/fused/kernel_module.ts";

Deno.test("compileKernelModule() starts both builds and says which rounds once", async () => {
  const plain = await compileKernelModule(1, { shared: false, arithmetic: "plain" });
  assertEquals(plain.roundsOnce, false);
  assertEquals(plain.memory.buffer.byteLength, 65536);
  const fused = await compileKernelModule(65537, { shared: true, arithmetic: "auto" });
  assertEquals(fused.arithmetic, hasRelaxedSimd() ? "fused" : "plain");
  assertEquals(fused.memory.buffer.byteLength, 131072);
  assert(fused.memory.buffer instanceof SharedArrayBuffer);
});

Deno.test("compileKernelModule() names a feature that the engine lacks", async () => {
  const validate = WebAssembly.validate;
  try {
    WebAssembly.validate = () => false;
    assertEquals(hasSimd(), false);
    const start = (arithmetic: "auto" | "fused") =>
      compileKernelModule(1, { shared: false, arithmetic });
    await assertRejects(() => start("auto"), Error, "lacks WebAssembly SIMD");
    // Validates the SIMD probe, which is the shorter one, and not the relaxed one.
    WebAssembly.validate = (source) => (source as Uint8Array).length < 35;
    await assertRejects(() => start("fused"), Error, "relaxed SIMD");
    const { arithmetic } = await start("auto");
    assertEquals(arithmetic, "plain");
  } finally {
    WebAssembly.validate = validate;
  }
});

Deno.test("withMemoryLimits() sets the limits and the sharing of the imported memory", () => {
  const binary = Uint8Array.fromBase64(plainKernels);
  const module = new WebAssembly.Module(withMemoryLimits(binary, { pages: 300, shared: false }));
  const instantiate = (initial: number, maximum: number) =>
    new WebAssembly.Instance(module, {
      env: { memory: new WebAssembly.Memory({ initial, maximum }) },
    });
  instantiate(300, 300);
  assertThrows(() => instantiate(299, 300), WebAssembly.LinkError);
  assertThrows(() => instantiate(300, 301), WebAssembly.LinkError);
  assertThrows(
    () => withMemoryLimits(binary.slice(0, 8), { pages: 1, shared: true }),
    Error,
    "none",
  );
});
