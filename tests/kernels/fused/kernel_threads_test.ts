import { assertEquals } from "@std/assert";
import { compileKernelModule } from "lib/kernels/fused/kernel_module.ts";
import { startKernelThreads } from "lib/kernels/fused/kernel_threads.ts";
import { Address, Signal } from "lib/kernels/fused/plan_layout.ts";

Deno.test("startKernelThreads() starts workers that end when told to", async () => {
  const kernels = await compileKernelModule(65536, { shared: true, arithmetic: "auto" });
  const threads = await startKernelThreads(kernels, 3);
  assertEquals(threads.count, 3);
  const words = new Int32Array(kernels.memory.buffer);
  const ready = (Address.Control + 64 * Signal.Ready) / 4;
  assertEquals(Atomics.load(words, ready), 2);
  threads.stop();
  assertEquals(Atomics.load(words, (Address.Control + 64 * Signal.Stop) / 4), 1);
});

Deno.test("startKernelThreads() gives one thread and a sentence where workers do not start", async () => {
  const kernels = await compileKernelModule(65536, { shared: true, arithmetic: "auto" });
  const { Worker } = globalThis;
  try {
    globalThis.Worker = class {
      constructor() {
        throw new Error("not here");
      }
    } as unknown as typeof Worker;
    const threads = await startKernelThreads(kernels, 2);
    assertEquals(threads.count, 1);
    assertEquals(threads.note, "Workers did not start (not here): one thread.");
    threads.stop();
  } finally {
    globalThis.Worker = Worker;
  }
});
