import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { trainedTruncationBias, truncationBias } from "lib/experiments/truncation_bias.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { lettersVocabulary, randomIds, smallModel } from "../models/small_model.ts";

const schedule = streamWindows(randomIds(400), { batchSize: 2, unrollLength: 16 });
const window = schedule.window(0);

Deno.test("truncationBias() is none where the truncation is as long as the window, and falls with it", async () => {
  const model = smallModel("rnn-tanh");
  const values = Object.entries(model.parameters).map(([name, value]) => [name, value.dataSync()]);
  const parameters = Object.fromEntries(values);
  const records = await truncationBias(model.config, parameters, { window, lengths: [1, 4, 16] });
  assertEquals(records.map(({ truncationLength }) => truncationLength), [1, 4, 16]);
  assertAlmostEquals(records[2].cosine, 1, 1e-6);
  assertAlmostEquals(records[2].normRatio, 1, 1e-6);
  assert(records[0].cosine < records[1].cosine && records[1].cosine < 1);
  model.dispose();
});

Deno.test("truncationBias() is none at any length without a recurrent matrix", async () => {
  const model = smallModel("rnn-tanh");
  const values = Object.entries(model.parameters).map(([name, value]) => [
    name,
    name.endsWith("recurrentWeights") ? new Float32Array(25) : value.dataSync(),
  ]);
  const [record] = await truncationBias(model.config, Object.fromEntries(values), {
    window,
    lengths: [1],
  });
  assertAlmostEquals(record.cosine, 1, 1e-2); // h still enters the gradient of U, within the piece
  model.dispose();
});

Deno.test("trainedTruncationBias() trains first: its records differ from the untrained model's", async () => {
  const recipe = {
    vocabulary: lettersVocabulary(7),
    schedule,
    cell: "gru" as const,
    hiddenSize: 5,
    seed: 1,
  };
  const options = { window, lengths: [2] };
  const [drawn] = await trainedTruncationBias({ ...recipe, trainingSteps: 0 }, options);
  const [trained] = await trainedTruncationBias({ ...recipe, trainingSteps: 30 }, options);
  assert(Math.abs(drawn.cosine - trained.cosine) > 1e-4);
});
