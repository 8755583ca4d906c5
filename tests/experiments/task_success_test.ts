import { assert, assertEquals } from "@std/assert";
import {
  publishedFigures,
  reachOf,
  successShares,
  taskSummary,
} from "lib/experiments/task_success.ts";
import { memoryParts } from "tools/results/memory_parts.ts";

const run = (length: number, seed: number, solved: boolean) => ({
  ...{ remedy: "gru", length, seed, solved },
  updates: solved ? 250 * seed : 1000,
  testError: solved ? 0 : 0.5,
  trainingLoss: 1,
});
const runs = [
  ...[run(20, 1, true), run(20, 2, true), run(20, 3, true)],
  ...[run(40, 1, true), run(40, 2, true), run(40, 3, false)],
  ...[run(80, 1, false), run(80, 2, true), run(80, 3, false)],
];

Deno.test("successShares() counts solved runs by remedy and length", () => {
  assertEquals(successShares(runs).map(({ length, share, runs }) => [length, share, runs]), [
    [20, 1, 3],
    [40, 2 / 3, 3],
    [80, 1 / 3, 3],
  ]);
});

Deno.test("reachOf() is the longest length that half of the runs solve, with the range over seeds", () => {
  assertEquals(reachOf(runs), [{ remedy: "gru", longest: 40, low: 20, high: 80 }]);
  assertEquals(reachOf([run(20, 1, false), run(40, 1, true)])[0].longest, 0); // 20 was missed
});

Deno.test("taskSummary() says how many runs solved the task and when", () => {
  assertEquals(taskSummary("order", runs)[1], {
    task: "order, T = 40",
    network: "gru",
    solved: "2 of 3",
    updates: "250 to 500",
    "error at the end (median)": 0,
  });
});

Deno.test("taskSummary() sets what was published beside it, where something was", () => {
  const records = [run(20, 1, true), { ...run(20, 1, true), remedy: "lstm" }];
  const [gru, lstm] = taskSummary("order", records, { gru: "3 of 3" });
  assertEquals(gru.published, "3 of 3");
  assertEquals("published" in lstm, false);
});

Deno.test("publishedFigures has a figure for every network that is run at the published settings", () => {
  const parts = {
    "adding": ["adding", "adding-orthogonal"],
    "temporal order": ["temporal-order", "temporal-order-orthogonal"],
  };
  for (const [task, names] of Object.entries(parts)) {
    const networks = names.flatMap((name) => Object.keys(memoryParts[name].learners));
    const missing = networks.filter((network) => publishedFigures[task][network] === undefined);
    assertEquals(missing, []);
  }
});

Deno.test("publishedFigures gives a network the same figure however it is drawn", () => {
  const { adding } = publishedFigures;
  assertEquals(adding["GRU"], "750 updates");
  assertEquals(adding["GRU orthogonal, not clipped"], adding["GRU"]);
  assert(adding["tanh, orthogonal"] !== adding["tanh, Gaussian 0.1"]);
});
