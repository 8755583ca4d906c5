import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { type AdapterSummary, describeAdapter } from "lib/kernels/webgpu/adapter.ts";
import {
  planWorkgroups,
  type SequenceSizes,
  type WorkgroupPlan,
} from "lib/kernels/webgpu/sequence_layout.ts";

/** The device of the running WebGPU backend. */
export function currentDevice(): GPUDevice {
  return (tf.backend() as WebGPUBackend).device;
}

/** What the running WebGPU backend computes on. */
export function currentAdapter(): AdapterSummary {
  return describeAdapter(currentDevice().adapterInfo);
}

/** How the running WebGPU backend's device takes a sequence, or a sentence that says why it cannot. */
export function planOnDevice(sizes: SequenceSizes): WorkgroupPlan | string {
  const { limits } = currentDevice();
  return planWorkgroups(sizes, { limits, software: currentAdapter().software });
}
