import { assertEquals, assertRejects } from "@std/assert";
import { mapStoppably } from "lib/training/map_stoppably.ts";
import { StoppedError, withStopRequests } from "lib/training/stop_request.ts";

Deno.test("mapStoppably() runs one after the other, in order", async () => {
  const seen: string[] = [];
  const results = await mapStoppably([1, 2].values(), async (item) => {
    seen.push(`from ${item}`);
    await Promise.resolve();
    seen.push(`to ${item}`);
    return 10 * item;
  });
  assertEquals(results, [10, 20]);
  assertEquals(seen, ["from 1", "to 1", "from 2", "to 2"]);
});

Deno.test("mapStoppably() looks before each run whether to stop", async () => {
  const seen: number[] = [];
  let looks = 0;
  const run = () => mapStoppably([1, 2, 3], (item) => seen.push(item));
  await assertRejects(() => withStopRequests(() => ++looks === 3, run), StoppedError);
  assertEquals(seen, [1, 2]);
});

Deno.test("mapStoppably() lets a timer have its turn between runs that do not wait", async () => {
  let isStopped = false;
  const timer = setTimeout(() => isStopped = true, 0);
  const busy = () => {
    const start = performance.now();
    while (performance.now() - start < 50);
  };
  const run = () => mapStoppably([1, 2, 3], busy);
  await assertRejects(() => withStopRequests(() => isStopped, run), StoppedError);
  clearTimeout(timer);
});
