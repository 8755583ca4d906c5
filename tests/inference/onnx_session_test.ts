import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { exportOnnx } from "lib/inference/export_onnx.ts";
import { startOnnxSession } from "lib/inference/onnx_session.ts";
import { exportModel, smallCase } from "./onnx_cases.ts";

const model = exportModel(smallCase("gru"));
const bytes = await exportOnnx(model);
model.dispose();

Deno.test("startOnnxSession() leaves Worker what it was: the fused kernels start threads with it", async () => {
  const before = globalThis.Worker;
  const { session } = await startOnnxSession(bytes);
  assertStrictEquals(globalThis.Worker, before);
  await session.release();
});

Deno.test("startOnnxSession() loads a network, and says what computes", async () => {
  const { session, description } = await startOnnxSession(bytes);
  assertEquals(session.inputNames, ["inputIds", "hiddenState"]);
  assertEquals(session.outputNames, ["logits", "nextHiddenState"]);
  assertEquals(description, "ONNX Runtime 1.30.0 wasm, 1 thread");
  await session.release();
});

Deno.test("startOnnxSession() refuses another number of threads than it was started with, and none", async () => {
  await startOnnxSession(bytes).then(({ session }) => session.release());
  await assertRejects(
    () => startOnnxSession(bytes, { threads: 2 }),
    Error,
    "Cannot run with 2 threads: ONNX Runtime was started with 1 here",
  );
  for (const threads of [0, 1.5]) {
    await assertRejects(() => startOnnxSession(bytes, { threads }), RangeError, `got ${threads}`);
  }
});

Deno.test("startOnnxSession() rejects bytes that are no network", async () => {
  const error = await startOnnxSession(new Uint8Array(9)).catch((error) => error);
  assert(error instanceof Error);
});
