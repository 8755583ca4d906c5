import { assertEquals } from "@std/assert";
import { writePlanConstants, writeRates } from "lib/kernels/fused/plan_constants.ts";
import { Cell, Optimizer, Plan } from "lib/kernels/fused/plan_layout.ts";
import { emptyMemory, options } from "./empty_memory.ts";

Deno.test("writePlanConstants() and writeRates() write sizes, kinds and constants", () => {
  const memory = emptyMemory();
  writePlanConstants(memory, options);
  assertEquals(memory.word(Plan.Cell), Cell.Lstm);
  assertEquals(memory.word(Plan.Optimizer), Optimizer.Momentum);
  assertEquals(memory.word(Plan.Truncation), 2);
  assertEquals(memory.word(Plan.DropoutThreshold) >>> 0, 2 ** 31);
  const adam = { kind: "adam", learningRate: 1 } as const;
  writeRates(memory, adam, { learningRate: 0.5, trainingStep: 1 });
  const rates = new Float32Array(Int32Array.of(memory.word(Plan.StepSize)).buffer);
  assertEquals(rates[0], Math.fround(0.5 / (1 - 0.9)));
});
