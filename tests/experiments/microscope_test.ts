import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  boundPerStep,
  gateSaturation,
  growthRow,
  microscope,
  type MicroscopeRecord,
  microscopeStudy,
} from "lib/experiments/microscope.ts";
import { gaussian, glorot, orthogonal } from "lib/models/initialisers.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { trainNewModel } from "lib/training/train_new_model.ts";
import { lettersVocabulary, randomIds } from "../models/small_model.ts";

const recipe = {
  vocabulary: lettersVocabulary(7),
  hiddenSize: 8,
  initialisers: { input: gaussian(1e-4), recurrent: orthogonal(0.8), output: glorot() },
  schedule: streamWindows(randomIds(400), { batchSize: 2, unrollLength: 8 }),
  training: {
    ...{ optimizer: { kind: "adam", learningRate: 0.02 } as const, threads: 1 },
    trainingSteps: 40,
  },
};

Deno.test("microscopeStudy() of a nearly linear tanh network finds its gain, its bound and no saturation", async () => {
  const texts = { text: randomIds(200) };
  const records = await microscopeStudy("tanh", {
    ...{ ...recipe, cell: "rnn-tanh", texts, distance: 30, seeds: [1, 2] },
  });
  assertEquals(records.map(({ seed, trained }) => [seed, trained]), [
    ...[[1, false], [2, false], [1, true], [2, true]],
  ]);
  for (const { views: { text }, boundPerStep } of records.slice(0, 2)) {
    assertAlmostEquals(text.fit.ratePerStep, 0.8, 1e-3);
    assertAlmostEquals(text.largestGrowth, 0.8, 1e-3);
    assertAlmostEquals(boundPerStep, 0.8, 1e-5);
    assertEquals(text.saturation.saturatedShare, 0);
    assertEquals(text.gradient.length, 31);
  }
  const [, , after] = records;
  assert(Math.abs(after.views.text.fit.ratePerStep - 0.8) > 1e-3 && after.lossNats < 2.2);
});

Deno.test("microscope() follows an LSTM's whole state and sees its gates; a sigmoid's bound has the slope 1/4", async () => {
  const training = { ...recipe.training, trainingSteps: 0 };
  const make = (cell: "lstm" | "rnn-sigmoid") =>
    trainNewModel({ ...recipe, cell, training, seed: 1 });
  const { model: lstm } = await make("lstm");
  const { gradient, saturation } = microscope(lstm, randomIds(60), { distance: 20 });
  assertEquals(Object.keys(saturation.gates), ["inputGate", "forgetGate", "outputGate"]);
  assertAlmostEquals(saturation.gates.forgetGate.mean, 1 / (1 + Math.exp(-1)), 0.05);
  assertEquals(gradient.length, 21);
  assert(Number.isNaN(boundPerStep(lstm)));
  const { model: sigmoid } = await make("rnn-sigmoid");
  assertAlmostEquals(boundPerStep(sigmoid), 0.2, 1e-5);
  lstm.dispose();
  sigmoid.dispose();
});

Deno.test("microscope() follows a short text's gradient from its end", async () => {
  const training = { optimizer: { kind: "adam", learningRate: 3e-3 }, trainingSteps: 0 } as const;
  const { model } = await trainNewModel({ ...recipe, cell: "gru", training, seed: 1 });
  const ids = randomIds(16);
  const [told, clamped] = [15, 100].map((distance) =>
    microscope(model, ids, { distance }).gradient
  );
  assertEquals(told.length, 16);
  assertEquals(clamped, told);
  model.dispose();
});

const record = (
  seed: number,
  { trained, closed, rate }: { trained: boolean; closed: number; rate: number },
): MicroscopeRecord => ({
  ...{ network: "LSTM", seed, trained, lossNats: 2, boundPerStep: NaN },
  views: {
    text: {
      gradient: [],
      fit: { ratePerStep: rate, log10Start: 0, rSquared: 1, halfLife: 1 },
      saturation: {
        meanSlope: 1,
        saturatedShare: 0,
        gates: { forgetGate: { closed, open: 2 * closed, mean: 0.5 } },
      },
      largestGrowth: rate + 0.01,
    },
  },
});
const records = [
  record(1, { trained: false, closed: 0, rate: 0.7 }),
  record(2, { trained: false, closed: 0.1, rate: 0.8 }),
  record(1, { trained: true, closed: 0.2, rate: 0.9 }),
  record(2, { trained: true, closed: 0.4, rate: 0.9 }),
];

Deno.test("gateSaturation() averages the shares of each gate over seeds, before and after training", () => {
  const [drawn, trained] = gateSaturation(records, "text");
  assertEquals([drawn.gate, drawn.series, drawn.closed, drawn.open], [
    ...["LSTM, forget", "drawn", 0.05, 0.1],
  ]);
  assertEquals([trained.series, trained.mean], ["trained", 0.5]);
  assertAlmostEquals(trained.closed, 0.3, 1e-12);
});

Deno.test("growthRow() has the mean rate with its interval, and no bound for a gated cell", () => {
  const row: Record<string, unknown> = growthRow(records.slice(0, 2));
  assertEquals([row.network, row["loss (nats)"], row["bound per step"]], [
    "LSTM, drawn",
    null,
    null,
  ]);
  assertAlmostEquals(row["rate on text"] as number, 0.75, 1e-12);
  assertAlmostEquals(row["largest exponent on text, per step"] as number, 0.76, 1e-12);
  // Student's t with one degree of freedom: 12.706 times the standard error, 0.05.
  assertAlmostEquals(row["to, text"] as number, 0.75 + 12.7062 * 0.05, 1e-4);
});
