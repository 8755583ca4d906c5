import { assertEquals } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { sharingTrial } from "lib/experiments/sharing_trial.ts";
import { goldenMeanProcess } from "lib/sources/golden_mean_process.ts";

Deno.test("sharingTrial() has shared weights serve past the trained length, with fewer of them", async () => {
  await useBackend("wasm");
  const { shared, untied } = await sharingTrial(goldenMeanProcess(), {
    cell: "rnn-tanh",
    hiddenSize: 5,
    positions: 4,
    trainingSequences: 320,
    batchSize: 32,
    training: { optimizer: { kind: "adam", learningRate: 0.02 }, trainingSteps: 200 },
    testLength: 12,
    testSequences: 30,
    seed: 1,
  });
  assertEquals(untied.parameters, 4 * shared.parameters);
  assertEquals(shared.divergence.byPrefixLength.at(-1)!.prefixLength, 11);
  assertEquals(untied.divergence.byPrefixLength.at(-1)!.prefixLength, 4);
  // A chain of order 1 is learnt at once by weights that every position trains.
  assertEquals(shared.divergence.byPrefixLength[10].klBits < 0.03, true);
  assertEquals(untied.divergence.klBitsPerSymbol > shared.divergence.klBitsPerSymbol, true);
});
