import { assertEquals, assertThrows } from "@std/assert";
import { Carry } from "lib/kernels/fused/kernel_memory.ts";
import { Plan } from "lib/kernels/fused/plan_layout.ts";
import { readState, writeState } from "lib/kernels/fused/state_memory.ts";
import { hashedState } from "../hashed_network.ts";
import { config, emptyMemory } from "./empty_memory.ts";

Deno.test("KernelMemory carries a state for each of training, evaluation and steps", () => {
  const memory = emptyMemory();
  memory.setWord(Plan.Batch, 2);
  const zeros = {
    batchSize: 2,
    hiddenState: new Float32Array(12),
    cellState: new Float32Array(12),
  };
  memory.useCarry(Carry.Training);
  writeState(memory, 2, hashedState(config, 2));
  memory.useCarry(Carry.Evaluation);
  assertEquals(readState(memory), zeros);
  memory.useCarry(Carry.Training);
  assertEquals(readState(memory), hashedState(config, 2));
  assertThrows(() => writeState(memory, 3, hashedState(config, 2)), RangeError, "12 elements");
  writeState(memory, 2, undefined);
  assertEquals(readState(memory), zeros);
});
