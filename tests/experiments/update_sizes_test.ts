import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { spreadOf, updateSizes, updateSizesOfSeeds } from "lib/experiments/update_sizes.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { lettersVocabulary, randomIds, smallModel } from "../models/small_model.ts";

const schedule = streamWindows(randomIds(400), { batchSize: 2, unrollLength: 8 });

Deno.test("updateSizes() of SGD are the gradients times the learning rate", async () => {
  const model = smallModel("rnn-tanh");
  const optimizer = { kind: "sgd", learningRate: 0.01 } as const;
  const { groups } = await updateSizes(model, schedule, { optimizer, trainingSteps: 5 });
  assertEquals(groups.map(({ group }) => group), Object.keys(model.parameters));
  for (const { gradient, update } of groups) assertAlmostEquals(update / gradient, 0.01, 1e-4);
  model.dispose();
});

Deno.test("updateSizes() of Adam's first step are the learning rate in every group", async () => {
  const model = smallModel("gru");
  const optimizer = { kind: "adam", learningRate: 0.001 } as const;
  const { groups } = await updateSizes(model, schedule, { optimizer, trainingSteps: 1 });
  const dense = groups.filter(({ group }) => group.startsWith("output"));
  for (const { update } of dense) assertAlmostEquals(update, 0.001, 2e-5);
  model.dispose();
});

Deno.test("updateSizesOfSeeds() gives one run per seed, each of its own weights", async () => {
  const optimizer = { kind: "sgd", learningRate: 0.1 } as const;
  const runs = await updateSizesOfSeeds(
    { vocabulary: lettersVocabulary(7), hiddenSize: 5, schedule, seeds: [1, 2] },
    { optimizer, trainingSteps: 10 },
  );
  assertEquals(runs.length, 2);
  assert(runs[0].finalLossNats !== runs[1].finalLossNats);
  assertAlmostEquals(runs[0].finalLossNats, Math.log(7), 0.5);
});

Deno.test("spreadOf() is the largest over the smallest", () => {
  const groups = [{ group: "a", gradient: 2, update: 1 }, { group: "b", gradient: 8, update: 1 }];
  assertEquals([spreadOf(groups, "gradient"), spreadOf(groups, "update")], [4, 1]);
});
