import { assertEquals, assertStringIncludes } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";

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
