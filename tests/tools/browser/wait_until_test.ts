import { assertEquals, assertRejects } from "@std/assert";
import { waitUntil } from "tools/browser/wait_until.ts";

/** A clock that runs only while somebody waits. */
function standingClock() {
  let time = 0;
  return {
    now: () => time,
    pause: (milliseconds: number) => {
      time += milliseconds;
      return Promise.resolve();
    },
  };
}

Deno.test("waitUntil() gives up after its time where nobody tells of progress", async () => {
  const clock = standingClock();
  const look = () => clock.now() >= 20_000 && "there";
  assertEquals(await waitUntil(look, { what: "it", seconds: 30, clock }), "there");
  await assertRejects(
    () => waitUntil(() => false, { what: "it", seconds: 30, clock }),
    Error,
    "Waited 30 s in vain for: it",
  );
});

Deno.test("waitUntil() waits for as long as there is progress, and no longer than its time after the last", async () => {
  const clock = standingClock();
  // Something new every 20 seconds, for an hour.
  const progress = () => Promise.resolve(Math.floor(Math.min(clock.now(), 3_600_000) / 20_000));
  const look = () => clock.now() >= 3_600_000 && "there";
  assertEquals(await waitUntil(look, { what: "it", seconds: 30, progress, clock }), "there");
  await assertRejects(
    () => waitUntil(() => false, { what: "it", seconds: 30, progress, clock }),
    Error,
    "Waited 30 s without any change in vain for: it",
  );
  assertEquals(Math.round(clock.now() / 1000), 3630);
});
