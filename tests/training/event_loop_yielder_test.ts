import { assert, assertGreaterOrEqual, assertInstanceOf } from "@std/assert";
import { eventLoopYielder } from "lib/training/event_loop_yielder.ts";

Deno.test("eventLoopYielder() lets timers and aborts through within a long loop that never waits, 40 ms at the latest", async () => {
  const started = performance.now();
  const takeTurn = eventLoopYielder();
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1);
  while (!controller.signal.aborted && performance.now() - started < 5000) await takeTurn();
  assert(controller.signal.aborted);
  assertGreaterOrEqual(performance.now() - started, 39);
});

Deno.test("eventLoopYielder() costs nothing soon after a turn, and gives one after 40 ms", async () => {
  // Of several, in case the machine pauses this test for 40 ms.
  assert([1, 2, 3, 4, 5].some(() => eventLoopYielder()() === undefined));
  const takeTurn = eventLoopYielder();
  const started = performance.now();
  while (performance.now() - started < 45);
  const turn = takeTurn();
  assertInstanceOf(turn, Promise);
  await turn;
});
