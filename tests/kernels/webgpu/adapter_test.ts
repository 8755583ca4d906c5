import { assertEquals } from "@std/assert";
import { describeAdapter, findAdapter } from "lib/kernels/webgpu/adapter.ts";

Deno.test("describeAdapter() knows software by its flag, and by the names it goes by", () => {
  assertEquals(describeAdapter({ description: "X", isFallbackAdapter: true }).software, true);
  for (
    const description of ["llvmpipe (LLVM 15)", "SwiftShader Device", "Microsoft Basic Render"]
  ) {
    assertEquals(describeAdapter({ description, isFallbackAdapter: false }).software, true);
  }
  assertEquals(describeAdapter({ description: "NVIDIA H200", isFallbackAdapter: false }), {
    ...{ name: "NVIDIA H200", software: false },
  });
});

Deno.test("describeAdapter() names an adapter by vendor and architecture where it has no description", () => {
  assertEquals(describeAdapter({ vendor: "apple", architecture: "metal-3" }).name, "apple metal-3");
  assertEquals(describeAdapter({}).name, "unnamed adapter");
});

Deno.test("findAdapter() finds none where the runtime has no WebGPU", async () => {
  const gpu = Object.getOwnPropertyDescriptor(Navigator.prototype, "gpu");
  try {
    // deno-lint-ignore no-explicit-any -- takes WebGPU away for this test
    if (gpu) delete (Navigator.prototype as any).gpu;
    assertEquals(await findAdapter(), undefined);
  } finally {
    if (gpu) Object.defineProperty(Navigator.prototype, "gpu", gpu);
  }
});
