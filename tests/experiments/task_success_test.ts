import { assertEquals } from "@std/assert";
import { reachOf, successShares, taskSummary } from "lib/experiments/task_success.ts";

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
