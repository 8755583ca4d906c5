import { assert, assertEquals } from "@std/assert";
import { temporalOrderTask } from "lib/sources/temporal_order_task.ts";
import {
  memoryRemedies,
  remedyRun,
  rerunRemedies,
  tanhOfGain,
} from "lib/training/tasks/memory_remedies.ts";
import { orthogonal } from "lib/models/initialisers.ts";
import { randomStream } from "lib/random/random_stream.ts";

const options = { hiddenSize: 30, batchSize: 16, seed: 1, maxUpdates: 500, testSequences: 320 };

Deno.test("remedyRun() solves temporal order over 10 steps with an IRNN, in the same updates again", async () => {
  const run = () =>
    remedyRun(memoryRemedies["relu, identity (IRNN)"], temporalOrderTask(10), options);
  const first = await run();
  assert(first.solved);
  assertEquals(await run(), first);
});

Deno.test("remedyRun() truncated at 2 steps does not learn what stands 5 steps back", async () => {
  const remedy = memoryRemedies["tanh, Gaussian 0.1"];
  const task = temporalOrderTask(20);
  const run = await remedyRun(remedy, task, { ...options, truncationLength: 2, maxUpdates: 200 });
  assert(!run.solved && run.testError > 0.2);
});

Deno.test("remedyRun() truncates where the remedy says so, as where the caller does", async () => {
  const task = temporalOrderTask(20);
  const short = { ...options, maxUpdates: 20, testEvery: 20 };
  const told = await remedyRun(memoryRemedies["orthogonal, truncated at 10"], task, short);
  const plain = memoryRemedies["tanh, orthogonal"];
  assertEquals(told, await remedyRun(plain, task, { ...short, truncationLength: 10 }));
  assert(told.trainingLoss !== (await remedyRun(plain, task, short)).trainingLoss);
});

Deno.test("tanhOfGain() sets the recurrent matrix to gain times orthogonal and nothing else", () => {
  const remedy = tanhOfGain(1.5);
  const drawn = remedy.recurrent(4)(4, 4, randomStream(1, "u"));
  assertEquals(drawn, orthogonal(1.5)(4, 4, randomStream(1, "u")));
  const { recurrent: _, ...rest } = remedy;
  const { recurrent: __, ...plain } = memoryRemedies["tanh, orthogonal"];
  assertEquals(rest, plain);
});

Deno.test("rerunRemedies starts gated cells from orthogonal matrices, which PyTorch's draw is not", () => {
  const size = 20;
  const { input, recurrent } = rerunRemedies["GRU orthogonal"];
  assertEquals(
    recurrent()(size, size, randomStream(1, "u")),
    orthogonal()(size, size, randomStream(1, "u")),
  );
  const limit = Math.sqrt(6 / (2 + size));
  const drawn = input()(2, size, randomStream(1, "w"));
  assert(drawn.every((weight) => Math.abs(weight) <= limit));
  assert(drawn.some((weight) => Math.abs(weight) > 1 / Math.sqrt(size)));
});
