import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { orthogonal } from "lib/models/initialisers.ts";
import { saturationRecord, saturationSurvey } from "lib/experiments/saturation_survey.ts";

const network = {
  hiddenSize: 32,
  vocabularySize: 5,
  inputIds: Array.from({ length: 80 }, (_, t) => (t * t) % 5),
  recurrent: orthogonal(),
  seed: 1,
};

Deno.test("saturationRecord() of tanh without input is the linear network: rate 1, nothing saturated", () => {
  const record = saturationRecord({ ...network, cell: "rnn-tanh", inputDeviation: 0 });
  assertAlmostEquals(record.ratePerStep, 1, 1e-6);
  assertAlmostEquals(record.meanSlope, 1, 1e-12);
  assert(record.saturatedShare === 0);
});

Deno.test("saturationRecord() keeps the sigmoid below a quarter and finds more saturation under stronger input", () => {
  const weak = saturationRecord({ ...network, cell: "rnn-sigmoid", inputDeviation: 0.1 });
  const strong = saturationRecord({ ...network, cell: "rnn-sigmoid", inputDeviation: 3 });
  assert(weak.ratePerStep < 0.25 && strong.ratePerStep < weak.ratePerStep);
  assert(strong.saturatedShare > weak.saturatedShare);
});

Deno.test("saturationSurvey() is every cell at every deviation with every seed, in that order", async () => {
  const records = await saturationSurvey({
    ...{ ...network, seeds: [1, 2], deviations: [0.1, 1] },
    cells: ["rnn-tanh", "rnn-sigmoid"],
  });
  assertEquals(records.map(({ cell, inputDeviation, seed }) => [cell, inputDeviation, seed]), [
    ...[["rnn-tanh", 0.1, 1], ["rnn-tanh", 0.1, 2], ["rnn-tanh", 1, 1], ["rnn-tanh", 1, 2]],
    ...[["rnn-sigmoid", 0.1, 1], ["rnn-sigmoid", 0.1, 2], ["rnn-sigmoid", 1, 1]],
    ["rnn-sigmoid", 1, 2],
  ]);
  const run = { ...network, cell: "rnn-sigmoid", inputDeviation: 0.1, seed: 2 } as const;
  assertEquals(records[5], saturationRecord(run));
});
