import { assertEquals, assertThrows } from "@std/assert";
import { Plan } from "lib/kernels/fused/plan_layout.ts";
import { hasTargets, lossSums, maskSum, writeWindow } from "lib/kernels/fused/window_memory.ts";
import { hashedWindow } from "../hashed_network.ts";
import { config, emptyMemory } from "./empty_memory.ts";

Deno.test("writeWindow() copies what it checks, and lossSums() leaves out what is masked", () => {
  const memory = emptyMemory();
  const window = hashedWindow(config, { timeSteps: 2, batchSize: 2 });
  const masked = { ...window, mask: Float32Array.of(1, 0, 0.5, 1) };
  writeWindow(memory, masked);
  assertEquals(memory.integers(Plan.InputIds, 4), window.inputIds);
  assertEquals([maskSum(masked), maskSum(window)], [2.5, 4]);
  memory.view(Plan.RowLosses, 4).set([1, NaN, 2, 3]);
  assertEquals(lossSums(memory), { lossSum: 5, weight: 2.5 });
  assertEquals(hasTargets(memory, window), true);
  assertEquals(hasTargets(memory, { ...window, targetIds: undefined }), false);
  const mask = new Float32Array(3);
  assertThrows(() => writeWindow(memory, { ...window, mask }), RangeError, "mask has 3 of 4");
  const inputIds = Int32Array.of(0, 1);
  assertThrows(() => writeWindow(memory, { ...window, inputIds }), RangeError, "2 elements, not 4");
});
