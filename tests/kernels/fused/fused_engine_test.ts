import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { startFusedEngine } from "lib/kernels/fused/fused_engine.ts";
import { Carry } from "lib/kernels/fused/kernel_memory.ts";
import { Job, Plan } from "lib/kernels/fused/plan_layout.ts";
import { lossSums } from "lib/kernels/fused/window_memory.ts";
import { hashedWindow } from "../hashed_network.ts";

const config = {
  ...{ cell: "lstm", inputSize: 5, hiddenSize: 3, layerCount: 1, outputSize: 5 } as const,
  biasesPerGate: 1 as const,
};

Deno.test("FusedEngine runs the jobs it is asked for on the window it was given", async () => {
  const engine = await startFusedEngine({ config, timeSteps: 2, batchSize: 2, threads: 2 });
  assertMatch(engine.description, /^Fused WebAssembly kernels, 2 threads, /);
  engine.load(hashedWindow(config, { timeSteps: 2, batchSize: 2 }), Carry.Evaluation);
  engine.run(Job.Forward | Job.Output | Job.Loss);
  const { lossSum, weight } = lossSums(engine.memory);
  assertEquals([weight, lossSum.toFixed(5)], [4, (4 * Math.log(5)).toFixed(5)]);
  // So little work is not worth a meeting.
  assertEquals(engine.memory.word(Plan.Threads), 1);
  engine.stop();
});

Deno.test("FusedEngine takes no window that does not fit", async () => {
  const engine = await startFusedEngine({ config, timeSteps: 2, batchSize: 2, threads: 1 });
  const window = hashedWindow(config, { timeSteps: 2, batchSize: 1 });
  assertThrows(
    () => engine.load({ ...window, batchSize: 3 }, Carry.Step),
    RangeError,
    "1..2, got 3",
  );
  assertThrows(
    () => engine.load({ ...window, continues: true }, Carry.Step),
    Error,
    "batch size 0",
  );
  engine.stop();
});
