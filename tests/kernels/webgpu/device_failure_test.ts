import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { readTensors } from "lib/kernels/read_tensor.ts";
import {
  askDevice,
  DeviceFailure,
  isLost,
  takeFailure,
  watchDevice,
  withDeviceChecked,
} from "lib/kernels/webgpu/device_failure.ts";
import { currentDevice } from "lib/kernels/webgpu/device_plan.ts";
import { testOnWebgpu } from "./on_webgpu.ts";

Deno.test("DeviceFailure names what happened, and what to do where memory ran out", () => {
  assertEquals(
    new DeviceFailure("lost", "").message,
    "The GPU device was lost, with all tensors on it: the driver gave no reason.",
  );
  assertStringIncludes(new DeviceFailure("out of memory", "x").message, "try a smaller batch");
});

Deno.test("takeFailure() and askDevice() have nothing to say on another backend", async () => {
  await useBackend("cpu");
  assertEquals(takeFailure(), undefined);
  await askDevice();
  assertEquals(await withDeviceChecked(() => 3), 3);
  await assertRejects(
    () => withDeviceChecked(() => Promise.reject(new RangeError("own"))),
    RangeError,
  );
});

testOnWebgpu(
  "takeFailure() tells a buffer too large once; the device is judged anew after it",
  async () => {
    currentDevice().createBuffer({ size: 2 ** 44, usage: GPUBufferUsage.STORAGE });
    const tensor = tf.square(tf.range(0, 2000));
    await assertRejects(
      async () => await readTensors([tensor]),
      DeviceFailure,
      "ran out of memory",
    );
    const [values] = await readTensors([tensor]);
    assertEquals(values[3], 9);
    assertEquals(isLost(currentDevice()), false);
  },
);

testOnWebgpu(
  "readTensors() says that the device was lost, and useBackend() starts a new one",
  async () => {
    const device = currentDevice();
    watchDevice(device); // again: no second watch
    const tensor = tf.square(tf.range(0, 2000));
    device.destroy();
    await assertRejects(async () => await readTensors([tensor]), DeviceFailure, "device was lost");
    assertEquals(isLost(device), true);
    await assertRejects(() => withDeviceChecked(askDevice), DeviceFailure, "device was lost");
    assertEquals((await useBackend("webgpu")).obtained, "webgpu");
    assertEquals(isLost(currentDevice()), false);
    const [values] = await readTensors([tf.square(tf.range(0, 2000))]);
    assertEquals(values[3], 9);
  },
);
