import { assertEquals, assertStringIncludes } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { findAdapter } from "lib/kernels/webgpu/adapter.ts";
import { testOnWebgpu } from "./webgpu/on_webgpu.ts";

Deno.test("useBackend() starts the WASM backend unless told, and the CPU backend on request", async () => {
  assertEquals(await useBackend(), { requested: "wasm", obtained: "wasm", note: "wasm, as asked" });
  assertEquals(tf.getBackend(), "wasm");
  assertEquals((await useBackend("cpu")).obtained, "cpu");
  assertEquals(tf.getBackend(), "cpu");
});

Deno.test("useBackend() falls back to WASM where WebGPU is not there, and says so", async () => {
  const gpu = Object.getOwnPropertyDescriptor(Navigator.prototype, "gpu");
  try {
    // deno-lint-ignore no-explicit-any -- takes WebGPU away for this test
    if (gpu) delete (Navigator.prototype as any).gpu;
    const report = await useBackend("webgpu");
    assertEquals(report.requested, "webgpu");
    assertEquals(report.obtained, "wasm");
    assertStringIncludes(report.note, "webgpu did not start: this runtime has no navigator.gpu.");
  } finally {
    if (gpu) Object.defineProperty(Navigator.prototype, "gpu", gpu);
  }
});

Deno.test("useBackend() computes the same number on each backend it starts", async () => {
  for (const name of ["cpu", "wasm"] as const) {
    await useBackend(name);
    const sum = tf.tidy(() => tf.sum(tf.square(tf.tensor1d([1, 2, 3]))).dataSync()[0]);
    assertEquals(sum, 14);
  }
});

/** Runs with `navigator.gpu` giving an adapter of this information, or none. */
async function withAdapter(info: Partial<GPUAdapterInfo> | null, body: () => Promise<void>) {
  const gpu = Object.getOwnPropertyDescriptor(Navigator.prototype, "gpu");
  const requestAdapter = () => Promise.resolve(info && { info });
  Object.defineProperty(Navigator.prototype, "gpu", {
    configurable: true,
    value: { requestAdapter },
  });
  try {
    await body();
  } finally {
    if (gpu) Object.defineProperty(Navigator.prototype, "gpu", gpu);
    // deno-lint-ignore no-explicit-any -- takes the stand-in away again
    else delete (Navigator.prototype as any).gpu;
  }
}

Deno.test("useBackend() with auto never takes a software adapter, and says so", async () => {
  await withAdapter({ description: "llvmpipe (LLVM 15)", isFallbackAdapter: true }, async () => {
    assertEquals(await useBackend("auto"), {
      requested: "auto",
      obtained: "wasm",
      note: "wasm, chosen because the only WebGPU adapter is software (llvmpipe (LLVM 15)).",
    });
  });
});

Deno.test("useBackend() with auto takes WASM where there is no adapter, and says so", async () => {
  await withAdapter(null, async () => {
    const { obtained, note } = await useBackend("auto");
    assertEquals(obtained, "wasm");
    assertEquals(note, "wasm, chosen because there is no WebGPU adapter.");
    assertStringIncludes((await useBackend("webgpu")).note, "there is no WebGPU adapter");
  });
});

testOnWebgpu(
  "useBackend() names the adapter that WebGPU runs on, and a software one as such",
  async () => {
    const { adapter, note, obtained } = await useBackend("webgpu");
    assertEquals(obtained, "webgpu");
    assertStringIncludes(note, `webgpu on ${adapter}, as asked`);
    assertEquals(note.includes("software adapter"), (await findAdapter())!.software);
  },
);
