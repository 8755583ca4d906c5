import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { orthogonal } from "lib/models/initialisers.ts";
import { clippingRun, clippingStudy } from "lib/experiments/clipping_study.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { lettersVocabulary, randomIds } from "../models/small_model.ts";

const setting = {
  vocabulary: lettersVocabulary(7),
  schedule: streamWindows(randomIds(600), { batchSize: 2, unrollLength: 8 }),
  cell: "rnn-relu" as const,
  hiddenSize: 6,
  recurrent: orthogonal(1),
  learningRate: 0.1,
  trainingSteps: 20,
  divergedAboveNats: Math.log(7) + 0.5,
};

Deno.test("clippingRun() with a threshold that no gradient reaches is the run without one", async () => {
  const [far, without] = await clippingStudy({
    ...setting,
    thresholds: [1e6, Infinity],
    seeds: [1],
  });
  assertEquals(far.finalLossNats, without.finalLossNats);
  assertEquals([far.clippedShare, without.clippedShare], [0, 0]);
});

Deno.test("clippingRun() clips every step at a tiny threshold, and then hardly moves", async () => {
  const run = await clippingRun({ ...setting, maxGradientNorm: 1e-6, seed: 1 });
  assertEquals(run.clippedShare, 1);
  assertAlmostEquals(run.finalLossNats, Math.log(7), 0.4);
  assertEquals(run.diverged, false);
});

Deno.test("clippingRun() counts a run that blows up as diverged, with infinite loss or a high one", async () => {
  const run = await clippingRun({
    ...setting,
    recurrent: orthogonal(4),
    learningRate: 50,
    maxGradientNorm: Infinity,
    seed: 1,
  });
  assert(run.diverged);
});
