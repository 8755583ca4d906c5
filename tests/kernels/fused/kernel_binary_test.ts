import { assert, assertEquals } from "@std/assert";
import { fusedKernels, plainKernels } from "lib/kernels/fused/kernel_binary.ts";
import { compileKernels } from "tools/kernels.ts";

Deno.test("kernel_binary.ts holds, byte for byte, what the sources build", async () => {
  const { fused, plain } = await compileKernels();
  assertEquals(fused.toBase64(), fusedKernels);
  assertEquals(plain.toBase64(), plainKernels);
  assert(fused.length < 40_000);
});
