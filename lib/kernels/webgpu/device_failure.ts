import * as tf from "@tensorflow/tfjs";
import { currentDevice } from "lib/kernels/webgpu/device_plan.ts";

/** What went wrong on a GPU: nothing computed since can be trusted, and lost means for good. */
export type FailureKind = "lost" | "out of memory" | "invalid";

/**
 * A GPU device failed. tfjs itself says nothing of it: WebGPU reports errors beside the calls that
 * caused them, and what those computed is silently empty.
 */
export class DeviceFailure extends Error {
  override readonly name = "DeviceFailure";
  constructor(readonly kind: FailureKind, detail: string) {
    super(`${SENTENCES[kind]}: ${detail || "the driver gave no reason"}.`);
  }
}

const SENTENCES: Record<FailureKind, string> = {
  "lost": "The GPU device was lost, with all tensors on it",
  "out of memory": "The GPU ran out of memory; try a smaller batch or a shorter window",
  "invalid": "The GPU refused a call",
};

const failures = new WeakMap<GPUDevice, DeviceFailure>();
const watched = new WeakSet<GPUDevice>();

/** Notes a device's first failure from now on. Watching twice is watching once. */
export function watchDevice(device: GPUDevice): void {
  if (watched.has(device)) return;
  watched.add(device);
  device.lost.then(({ reason, message }) => {
    failures.set(device, new DeviceFailure("lost", message || reason));
  });
  device.addEventListener("uncapturederror", (event) => {
    event.preventDefault();
    if (!failures.has(device)) {
      failures.set(device, failureOf((event as GPUUncapturedErrorEvent).error));
    }
  });
}

/** WebGPU says out of memory by a class of its own; a buffer past the device's limit is the same. */
function failureOf(error: GPUError): DeviceFailure {
  const memory = error instanceof GPUOutOfMemoryError ||
    /out of memory|buffer size/i.test(error.message);
  return new DeviceFailure(memory ? "out of memory" : "invalid", error.message.replace(/\.$/, ""));
}

/**
 * The failure that the running WebGPU backend's device has noted, if any. One that the device
 * survives is given once: what comes after it is judged anew.
 */
export function takeFailure(): DeviceFailure | undefined {
  if (tf.getBackend() !== "webgpu") return undefined;
  const device = currentDevice();
  const failure = failures.get(device);
  if (failure !== undefined && failure.kind !== "lost") failures.delete(device);
  return failure;
}

/** Settles once the running WebGPU backend's device has answered; rejects where it is lost. */
export async function askDevice(): Promise<void> {
  if (tf.getBackend() !== "webgpu") return;
  const buffer = currentDevice().createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ });
  await buffer.mapAsync(GPUMapMode.READ);
  buffer.destroy();
}

/** Whether a device is gone for good. */
export function isLost(device: GPUDevice): boolean {
  return failures.get(device)?.kind === "lost";
}

/**
 * What `compute` gives on the WebGPU backend, or the device's failure instead of numbers that may be
 * empty and of errors that do not name it.
 *
 * @throws {DeviceFailure} if the device failed before or meanwhile.
 */
export async function withDeviceChecked<T>(compute: () => T | Promise<T>): Promise<T> {
  try {
    const result = await compute();
    const failure = takeFailure();
    if (failure) throw failure;
    return result;
  } catch (error) {
    if (error instanceof DeviceFailure) throw error;
    // The news of a loss comes as an event of its own, which may stand right behind.
    await new Promise((resolve) => setTimeout(resolve, 20));
    throw takeFailure() ?? error;
  }
}
