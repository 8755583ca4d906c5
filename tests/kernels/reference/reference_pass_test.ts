import { assertAlmostEquals, assertEquals } from "@std/assert";
import { ReferencePass } from "lib/kernels/reference/reference_pass.ts";

Deno.test("ReferencePass gives ln V for zero weights and a zero gradient for a masked window", () => {
  const config = {
    ...{ cell: "gru", inputSize: 3, hiddenSize: 2, layerCount: 1, outputSize: 3 } as const,
    biasesPerGate: 1 as const,
  };
  const parameters = {
    "layer0/inputWeights": new Float64Array(18),
    "layer0/recurrentWeights": new Float64Array(12),
    "layer0/bias": new Float64Array(6),
    "output/weights": new Float64Array(6),
    "output/bias": new Float64Array(3),
  };
  const ids = Int32Array.of(0, 1);
  const window = { timeSteps: 2, batchSize: 1, inputIds: ids, targetIds: ids };
  const options = { config, timeSteps: 2, batchSize: 1 };
  const pass = new ReferencePass(options, parameters, { window });
  assertAlmostEquals(pass.windowLoss().loss, Math.log(3));
  assertEquals(pass.finalState, { batchSize: 1, hiddenState: new Float64Array(2) });
  const masked = new ReferencePass(options, parameters, {
    window: { ...window, mask: new Float32Array(2) },
  });
  assertEquals(masked.windowLoss(), { loss: 0, lossSum: 0, weight: 0 });
  assertEquals([...masked.backward().gradients["output/bias"]].map(Math.abs), [0, 0, 0]);
});
