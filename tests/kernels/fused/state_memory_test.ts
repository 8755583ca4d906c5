import { assertEquals } from "@std/assert";
import { Plan } from "lib/kernels/fused/plan_layout.ts";
import { readState, readStateGradients, writeState } from "lib/kernels/fused/state_memory.ts";
import { hashedState } from "../hashed_network.ts";
import { config, emptyMemory } from "./empty_memory.ts";

Deno.test("readState() gives back the layers that writeState() wrote, in their order", () => {
  const memory = emptyMemory();
  memory.setWord(Plan.Batch, 3);
  const state = hashedState(config, 3);
  writeState(memory, 3, state);
  assertEquals(readState(memory), state);
  writeState(memory, 3, { ...state, hiddenState: state.hiddenState.toReversed() });
  assertEquals(readState(memory).hiddenState, state.hiddenState.toReversed());
});

Deno.test("readStateGradients() has one row per layer, time step and sequence", () => {
  const memory = emptyMemory();
  memory.setWord(Plan.TimeSteps, 2);
  memory.setWord(Plan.Batch, 3);
  const { hiddenStates, initialState } = readStateGradients(memory);
  assertEquals(hiddenStates.length, 2 * 2 * 3 * 3);
  assertEquals(initialState.cellState!.length, 2 * 3 * 3);
});
