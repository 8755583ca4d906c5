import { assertEquals, assertThrows } from "@std/assert";
import { chooseThreads, trainingWork } from "lib/kernels/fused/thread_choice.ts";

const config = {
  ...{ cell: "rnn-tanh", inputSize: 65, hiddenSize: 100, layerCount: 1, outputSize: 65 } as const,
  biasesPerGate: 1 as const,
};

Deno.test("trainingWork() counts three products per weight and position", () => {
  assertEquals(trainingWork({ config, timeSteps: 25, batchSize: 2 }), 3 * 50 * 100 * 165);
});

Deno.test("chooseThreads() takes one for little work and one per core for much", () => {
  assertEquals(chooseThreads({ config, timeSteps: 25, batchSize: 1 }, "auto"), { count: 1 });
  const { count } = chooseThreads({ config, timeSteps: 100, batchSize: 100 }, "auto");
  assertEquals(count, Math.min(8, navigator.hardwareConcurrency));
  assertEquals(chooseThreads({ config, timeSteps: 25, batchSize: 1 }, 3).count, 3);
  assertThrows(() => chooseThreads({ config, timeSteps: 1, batchSize: 1 }, 0), RangeError, "got 0");
});

Deno.test("chooseThreads() says so where there are no workers", () => {
  const { Worker } = globalThis;
  try {
    // deno-lint-ignore no-explicit-any
    delete (globalThis as any).Worker;
    const choice = chooseThreads({ config, timeSteps: 25, batchSize: 8 }, 2);
    assertEquals(choice, { count: 1, note: "No Worker here: one thread." });
  } finally {
    globalThis.Worker = Worker;
  }
});
