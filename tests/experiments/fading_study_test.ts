import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { gaussian, glorot, orthogonal } from "lib/models/initialisers.ts";
import { fadingStudy } from "lib/experiments/fading_study.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { lettersVocabulary, randomIds } from "../models/small_model.ts";

const recipe = {
  vocabulary: lettersVocabulary(7),
  cell: "rnn-tanh" as const,
  hiddenSize: 8,
  initialisers: { input: gaussian(1e-4), recurrent: orthogonal(0.8), output: glorot() },
  schedule: streamWindows(randomIds(400), { batchSize: 2, unrollLength: 8 }),
  seeds: [1, 2],
  texts: { text: randomIds(40) },
};
const training = { optimizer: { kind: "adam", learningRate: 0.01 } as const, threads: 1 };

Deno.test("fadingStudy() finds the rate of the draw before training: nearly linear, 0.8 per step", async () => {
  const records = await fadingStudy({ ...recipe, training: { ...training, trainingSteps: 0 } });
  assertEquals(records.map(({ seed }) => seed), [1, 2]);
  for (const { fits, lossNats } of records) {
    assertAlmostEquals(fits.text.ratePerStep, 0.8, 1e-3);
    assert(Number.isNaN(lossNats));
  }
});

Deno.test("fadingStudy() finds another rate after training, and the loss", async () => {
  const [record] = await fadingStudy({ ...recipe, training: { ...training, trainingSteps: 60 } });
  assert(Math.abs(record.fits.text.ratePerStep - 0.8) > 1e-3);
  assertAlmostEquals(record.lossNats, Math.log(7), 0.5);
});
