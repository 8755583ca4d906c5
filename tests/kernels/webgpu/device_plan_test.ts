import { assert, assertEquals } from "@std/assert";
import { currentAdapter, currentDevice, planOnDevice } from "lib/kernels/webgpu/device_plan.ts";
import { findAdapter } from "lib/kernels/webgpu/adapter.ts";
import { testOnWebgpu } from "./on_webgpu.ts";

testOnWebgpu("currentAdapter() is the one that findAdapter() finds", async () => {
  assertEquals(currentAdapter(), await findAdapter());
});

testOnWebgpu("planOnDevice() plans within the device's limits, or says why it cannot", async () => {
  await Promise.resolve();
  const layer = { kind: "lstm", timeSteps: 2, batchSize: 3 } as const;
  const plan = planOnDevice({ ...layer, hiddenSize: 33 });
  assert(typeof plan !== "string");
  assertEquals(plan.threads, 64);
  const hiddenSize = currentDevice().limits.maxComputeWorkgroupStorageSize;
  assertEquals(typeof planOnDevice({ ...layer, hiddenSize }), "string");
});
