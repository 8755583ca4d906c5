import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import { turnTaker } from "lib/training/turn_taker.ts";

Deno.test("turnTaker() lets timers and aborts through within a long loop that never waits", async () => {
  const takeTurn = turnTaker();
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1);
  const started = performance.now();
  let turns = 0;
  while (!controller.signal.aborted && performance.now() - started < 2000) {
    turns++;
    await takeTurn();
  }
  assert(controller.signal.aborted);
  assert(turns > 1000, "a turn is only given now and then");
});

Deno.test("turnTaker() costs nothing soon after a turn, and gives one after 40 ms", async () => {
  const takeTurn = turnTaker();
  assertEquals(takeTurn(), undefined);
  const started = performance.now();
  while (performance.now() - started < 45);
  const turn = takeTurn();
  assertInstanceOf(turn, Promise);
  await turn;
  assertEquals(takeTurn(), undefined);
});
