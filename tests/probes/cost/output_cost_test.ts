import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import { outputCosts } from "lib/probes/cost/output_cost.ts";

Deno.test("outputCosts() counts the parameters of targets by hand, and a gradient number for each", async () => {
  const options = { hiddenSize: 32, timeSteps: 4, batchSize: 2, timedSteps: 1 };
  const [small, large] = await outputCosts({
    ...options,
    vocabularySizes: [28, 8192],
    cell: "lstm",
  });
  assertEquals([small.parameterCount, small.outputParameters], [8732, 33 * 28]);
  assertEquals([small.gradientNumbers, large.gradientNumbers], [8732, large.parameterCount]);
  assertEquals(small.multiplyAdds, 3 * (4 * 32 * 32 + 32 * 28));
  assertAlmostEquals(large.outputShare, 8192 / (8192 + 128), 1e-12);
  assert(large.memoryBytes > 4 * 4 * large.parameterCount && large.secondsPerStep > 0);
});

Deno.test("The fused kernels give the loss ln V of zero weights over 8,192 and 32,768 tokens", async () => {
  for (const size of [8192, 32_768]) {
    const config = {
      ...{ cell: "gru", inputSize: size, hiddenSize: 8, layerCount: 1, outputSize: size } as const,
      biasesPerGate: 1,
    } as const;
    const optimizer = { kind: "sgd", learningRate: 0.1 } as const;
    const sizes = { timeSteps: 16, batchSize: 8 };
    const network = await createFusedNetwork({ config, ...sizes, optimizer, threads: 1 });
    const inputIds = Int32Array.from({ length: 128 }, (_, at) => (at * 97) % size);
    const window = { ...sizes, inputIds, targetIds: inputIds };
    assertAlmostEquals(network.trainStep(window).loss, Math.log(size), 1e-4);
    assert(network.evaluate(window).loss < Math.log(size));
    network.dispose();
  }
});
