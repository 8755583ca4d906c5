import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  StoppedError,
  stopRequested,
  throwIfStopped,
  withStopRequests,
} from "lib/training/stop_request.ts";

Deno.test("stopRequested() is true from the first yes to the end of the work, and asks no more after it", async () => {
  const answers = [false, true, false];
  const seen = await withStopRequests(
    () => answers.shift()!,
    () => Promise.resolve([stopRequested(), stopRequested(), stopRequested(), stopRequested()]),
  );
  assertEquals(seen, [false, true, true, true]);
  assertEquals(answers, [false]);
  assertEquals(stopRequested(), false);
});

Deno.test("stopRequested() is over when the work throws", async () => {
  const failing = () => Promise.reject(new Error("no memory"));
  await assertRejects(() => withStopRequests(() => true, failing), Error, "no memory");
  assertEquals(stopRequested(), false);
});

Deno.test("withStopRequests() within other such work hears of its requests, and keeps its own to itself", async () => {
  let outer = false;
  const inner = (own: boolean) =>
    withStopRequests(() => own, () => Promise.resolve(stopRequested()));
  await withStopRequests(() => outer, async () => {
    assertEquals([await inner(false), await inner(true), stopRequested()], [false, true, false]);
    outer = true;
    assertEquals([await inner(false), stopRequested()], [true, true]);
  });
});

Deno.test("throwIfStopped() throws within work that was asked to stop, and nowhere else", async () => {
  throwIfStopped();
  await withStopRequests(() => true, () => {
    assertThrows(throwIfStopped, StoppedError, "before it was done");
    return Promise.resolve();
  });
  throwIfStopped();
});
