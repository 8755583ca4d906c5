import { assert, assertAlmostEquals } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { gaussian, glorot, zeros } from "lib/models/initialisers.ts";
import { untrainedLoss } from "lib/probes/output/untrained_loss.ts";

await useBackend("cpu");

Deno.test("untrainedLoss() is ln V with zero weights, for V from 2 to 500", async () => {
  const initialisers = { input: zeros(), recurrent: zeros(), output: zeros() };
  for (const vocabularySize of [2, 28, 500]) {
    const network = { vocabularySize, cell: "gru", hiddenSize: 4, initialisers } as const;
    const { lossNats, scoreVariance, sumError } = await untrainedLoss({ ...network, seed: 1 });
    assertAlmostEquals(lossNats, Math.log(vocabularySize), 1e-6);
    assertAlmostEquals(scoreVariance, 0, 1e-12);
    assertAlmostEquals(sumError, 0, 1e-12);
  }
});

Deno.test("untrainedLoss() with spread scores comes out near ln V + s²/2", async () => {
  const initialisers = { input: glorot(), recurrent: glorot(), output: gaussian(0.5) };
  const network = { vocabularySize: 2000, cell: "lstm", hiddenSize: 32, initialisers } as const;
  const { lossNats, predictedNats, scoreVariance } = await untrainedLoss({
    ...network,
    batchSize: 32,
    timeSteps: 8,
    seed: 2,
  });
  assert(scoreVariance > 0.001);
  assertAlmostEquals(lossNats, predictedNats, 0.03);
});
