import { assert, assertEquals } from "@std/assert";
import { Address, Job, Layer, Plan, Signal } from "lib/kernels/fused/plan_layout.ts";

const count = (values: Record<string, unknown>) => Object.keys(values).length / 2;

Deno.test("plan_layout: no area reaches into the next", () => {
  assert(Address.Control + 64 * (Signal.Work + 8) <= Address.Constants);
  assert(Address.Constants + 16 * 64 <= Address.Plan);
  assert(Address.Plan + 4 * count(Plan) <= Address.Layers);
  assert(4 * count(Layer) <= Address.LayerStride);
  assertEquals((Address.Heap - Address.Layers) / Address.LayerStride, 32);
});

Deno.test("plan_layout: jobs can be told apart in a sum", () => {
  const values = Object.values(Job).filter((value) => typeof value === "number");
  assertEquals(values.reduce((a, b) => a + b, 0), 2 ** values.length - 1);
});
