import { assert, assertEquals, assertThrows } from "@std/assert";
import { layOut, sliceGroups } from "lib/kernels/fused/network_layout.ts";
import { Layer, Plan } from "lib/kernels/fused/plan_layout.ts";

const config = {
  ...{ cell: "gru", inputSize: 27, hiddenSize: 33, layerCount: 2, outputSize: 27 } as const,
  biasesPerGate: 1 as const,
};
const choices = { threads: 2, keepStateGradients: false, inputGradients: false };

Deno.test("layOut() pads sizes to eights and gives every array room of its own", () => {
  const layout = layOut({ config, timeSteps: 7, batchSize: 3 }, choices);
  assertEquals([layout.hiddenPadded, layout.gateWidth, layout.rowWidth], [40, 120, 160]);
  const starts = [
    ...layout.layers.flatMap((layer) => [...layer.values()]),
    ...[Plan.Parameters, Plan.OutputWeights, Plan.Gradients, Plan.Mask, Plan.Outputs].map((field) =>
      layout.words.get(field)!
    ),
  ].filter((start) => start > 0);
  assert(starts.every((start) => start % 64 === 0 && start < layout.bytes));
  // The first layer's weights open the parameters, and the layers share one array of gradients.
  const shared = layout.layers.map((layer) => layer.get(Layer.HiddenGradients));
  assertEquals(shared[0], shared[1]);
  assertEquals(new Set(starts).size, starts.length - 2);
});

Deno.test("layOut() cuts large batches of small networks into slices, whatever the threads", () => {
  const small = { ...config, hiddenSize: 32, layerCount: 1 };
  const slices = (batchSize: number, threads: number) =>
    layOut({ config: small, timeSteps: 32, batchSize }, { ...choices, threads }).sliceRows;
  assert(slices(1024, 1) >= 16);
  assertEquals(slices(1024, 4), slices(1024, 1));
  assertEquals(slices(32, 2), 0);
});

Deno.test("sliceGroups() leaves no group without a slice", () => {
  assertEquals(sliceGroups(1024, 32), { sliceCount: 32, groupCount: 8 });
  assertEquals(sliceGroups(290, 32), { sliceCount: 10, groupCount: 5 });
  assertEquals(sliceGroups(5, 32), { sliceCount: 1, groupCount: 1 });
});

Deno.test("layOut() names a size that is none", () => {
  const start = (sizes: Record<string, number>) =>
    layOut({ config: { ...config, ...sizes }, timeSteps: 1, batchSize: sizes.batch ?? 1 }, choices);
  assertThrows(() => start({ hiddenSize: 0 }), RangeError, "hiddenSize");
  assertThrows(() => start({ layerCount: 33 }), RangeError, "at most 32 layers, got 33");
  assertThrows(() => start({ batch: 1.5 }), RangeError, "batchSize");
});

Deno.test("layOut() makes room for 20 packed rows of a vocabulary of 8,192, however small the batch", () => {
  const wide = { ...config, inputSize: 8192, hiddenSize: 64, layerCount: 1, outputSize: 8192 };
  const options = { config: wide, timeSteps: 16, batchSize: 8 };
  const { words } = layOut(options, { ...choices, threads: 1 });
  assert(words.get(Plan.PackedPanels)! - words.get(Plan.PackedRows)! >= 20 * 8192 * 4);
});
