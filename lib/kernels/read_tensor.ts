import * as tf from "@tensorflow/tfjs";
import { withDeviceChecked } from "lib/kernels/webgpu/device_failure.ts";

/** A value, or a promise of it where a backend answers asynchronously (WebGPU, ONNX Runtime). */
export type MaybePromise<T> = T | Promise<T>;

/**
 * Copies of the tensors' values: at once on the CPU and WASM backends, a promise on WebGPU, whose
 * memory cannot be read synchronously.
 *
 * The promise is broken with a `DeviceFailure` if the GPU device failed: the values would be empty.
 */
export function readTensors(tensors: readonly tf.Tensor[]): MaybePromise<Float32Array[]> {
  if (tf.getBackend() === "webgpu") {
    return withDeviceChecked(async () => {
      const values = await Promise.all(tensors.map((tensor) => tensor.data()));
      return values.map((array) => array.slice() as Float32Array);
    });
  }
  return tensors.map((tensor) => tensor.dataSync().slice() as Float32Array);
}

/** Goes on with a value now, or when its promise is kept. */
export function whenReady<T, U>(value: MaybePromise<T>, next: (value: T) => U): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
