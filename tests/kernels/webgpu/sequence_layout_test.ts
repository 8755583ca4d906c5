import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  gradientLayout,
  planWorkgroups,
  traceLayout,
  type WorkgroupPlan,
} from "lib/kernels/webgpu/sequence_layout.ts";

const sizes = { timeSteps: 5, batchSize: 3, hiddenSize: 2 }; // 6 numbers a state, 30 all states
const limits = {
  maxComputeWorkgroupStorageSize: 16384,
  maxComputeInvocationsPerWorkgroup: 256,
  maxStorageBufferBindingSize: 2 ** 27,
};

Deno.test("traceLayout() puts h_0 first, then what the caller sees, then what the way back needs", () => {
  assertEquals(traceLayout({ kind: "rnn-tanh", ...sizes }), {
    ...{ hidden: 6, finalCell: 36, cells: 36, gates: 36, recurrentCandidate: 66, size: 66 },
  });
  assertEquals(traceLayout({ kind: "lstm", ...sizes }), {
    ...{ hidden: 6, finalCell: 36, cells: 42, gates: 72, recurrentCandidate: 192, size: 192 },
  });
  assertEquals(traceLayout({ kind: "gru", ...sizes }), {
    ...{ hidden: 6, finalCell: 36, cells: 36, gates: 36, recurrentCandidate: 126, size: 156 },
  });
});

Deno.test("gradientLayout() keeps a GRU's two products apart, and a place for the initial states", () => {
  const gru = gradientLayout({ kind: "gru", ...sizes });
  assertEquals([gru.products, gru.recurrentProducts, gru.initialHidden, gru.size], [
    0,
    90,
    180,
    186,
  ]);
  const lstm = gradientLayout({ kind: "lstm", ...sizes });
  assertEquals(lstm, {
    ...{ products: 0, recurrentProducts: 0, initialHidden: 120, initialCell: 126 },
    size: 132,
  });
});

Deno.test("planWorkgroups() lets sequences share a workgroup only where there are enough of them", () => {
  const plan = (batchSize: number, software: boolean) =>
    planWorkgroups({ kind: "lstm", timeSteps: 32, batchSize, hiddenSize: 128 }, {
      limits,
      software,
    }) as WorkgroupPlan;
  assertEquals(plan(32, false), { rows: 1, threads: 128, workgroups: 32 });
  assertEquals(plan(32, true).rows, 4); // 4 bytes x 6 x 128 x 8 are more than 16,384
  assertEquals(plan(1023, false), { rows: 4, threads: 128, workgroups: 256 });
  assertEquals(plan(1, true).rows, 1);
});

Deno.test("planWorkgroups() has eight sequences to a workgroup in software only, where they fit", () => {
  const larger = { ...limits, maxComputeWorkgroupStorageSize: 32768 };
  const plan = (software: boolean) =>
    planWorkgroups({ kind: "lstm", timeSteps: 64, batchSize: 512, hiddenSize: 128 }, {
      ...{ limits: larger, software },
    }) as WorkgroupPlan;
  assertEquals(plan(true), { rows: 8, threads: 128, workgroups: 64 });
  assertEquals(plan(false).rows, 4);
});

Deno.test("planWorkgroups() carries fewer sequences where workgroup memory is short", () => {
  const plan = planWorkgroups({ kind: "lstm", timeSteps: 1, batchSize: 1024, hiddenSize: 320 }, {
    ...{ limits, software: false },
  }) as WorkgroupPlan;
  assertEquals(plan.rows, 2); // 4 bytes x 6 x 320 x 2 = 15,360
  assertEquals(plan.threads, 256);
});

Deno.test("planWorkgroups() says in a sentence why a device cannot", () => {
  const large = { kind: "lstm", timeSteps: 1, batchSize: 1, hiddenSize: 2048 } as const;
  const memory = planWorkgroups(large, { limits, software: false });
  assert(typeof memory === "string");
  assertStringIncludes(memory, "take 49152 bytes of workgroup memory, the device has 16384");
  const long = { kind: "lstm", timeSteps: 10000, batchSize: 32, hiddenSize: 128 } as const;
  assertStringIncludes(planWorkgroups(long, { limits, software: false }) as string, "buffer of ");
});
