import { assertAlmostEquals, assertEquals } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { learnSource, learnStrings } from "lib/experiments/learn_source.ts";
import { goldenMeanProcess } from "lib/sources/golden_mean_process.ts";
import { reber } from "lib/sources/reber.ts";

const training = { optimizer: { kind: "adam", learningRate: 0.02 } } as const;

Deno.test("learnSource() comes near a chain of order 1, and the bigram nearer", async () => {
  await useBackend("wasm");
  const { model, divergence, ngrams, sequences, trainingIds, records } = await learnSource(
    goldenMeanProcess(),
    {
      cell: "gru",
      hiddenSize: 6,
      training: { ...training, trainingSteps: 150 },
      trainingSymbols: 8000,
      batchSize: 16,
      unrollLength: 16,
      testSequences: 8,
      testLength: 50,
      ngramOrders: [1, 2],
      seed: 1,
    },
  );
  assertEquals([sequences.length, sequences[0].length, trainingIds.length, records.length], [
    8,
    50,
    8000,
    150,
  ]);
  assertAlmostEquals(ngrams[0].klBitsPerSymbol, 0.2516, 0.05);
  assertEquals(ngrams[1].klBitsPerSymbol < 0.001, true);
  assertEquals(divergence.klBitsPerSymbol < 0.03, true);
  model.dispose();
});

Deno.test("learnStrings() predicts each string from its first symbol on", async () => {
  await useBackend("wasm");
  const { model, divergence, ngrams, sequences, records } = await learnStrings(reber(), {
    cell: "rnn-tanh",
    hiddenSize: 12,
    training: { ...training, trainingSteps: 200, evaluateEvery: 100 },
    trainingStrings: 800,
    batchSize: 32,
    testStrings: 100,
    ngramOrders: [3],
    seed: 1,
  });
  assertEquals(divergence.byPrefixLength[0].prefixLength, 0);
  assertEquals(divergence.byPrefixLength[0].sequences, 100);
  assertEquals(sequences.every((string) => string[0] === 0), true);
  assertEquals(divergence.klBitsPerSequence < 0.5, true);
  const evaluated = records.filter(({ validationLossNats }) => validationLossNats !== undefined);
  assertEquals(evaluated.map(({ trainingStep }) => trainingStep), [100, 200]);
  // Every choice of the grammar is even, so that the loss is the entropies plus the divergence and a little chance.
  const bits = evaluated[1].validationLossNats! / Math.LN2;
  assertAlmostEquals(bits, divergence.entropyBitsPerSymbol + divergence.klBitsPerSymbol, 0.01);
  assertEquals(ngrams[0].klBitsPerSequence < 0.1, true);
  model.dispose();
});
