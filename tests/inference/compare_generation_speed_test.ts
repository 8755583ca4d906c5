import { assert, assertEquals, assertRejects } from "@std/assert";
import { compareGenerationSpeed } from "lib/inference/compare_generation_speed.ts";
import { useBackend } from "lib/kernels/backend.ts";
import { exportModel, smallCase } from "./onnx_cases.ts";

await useBackend("wasm");

Deno.test("compareGenerationSpeed() times the native model, and ONNX Runtime with 1 and with 2 threads", async () => {
  const model = exportModel(smallCase("gru"));
  const speeds = await compareGenerationSpeed(model, { tokens: 5, runs: 2 });
  assertEquals(speeds.map(({ runner }) => runner), [
    "native, fused wasm, 1 thread",
    "ONNX Runtime 1.30.0 wasm, 1 thread",
    "ONNX Runtime 1.30.0 wasm, 2 threads",
  ]);
  for (const { tokens, tokensPerSecond, slowestRun, fastestRun } of speeds) {
    assertEquals(tokens, 5);
    assert(0 < slowestRun && slowestRun <= tokensPerSecond && tokensPerSecond <= fastestRun);
  }
  model.dispose();
});

Deno.test("compareGenerationSpeed() passes on why ONNX Runtime did not start", async () => {
  const model = exportModel(smallCase("gru"));
  await assertRejects(
    () => compareGenerationSpeed(model, { tokens: 2, runs: 1, threads: [0] }),
    Error,
    "threads must be a positive integer, got 0",
  );
  model.dispose();
});
