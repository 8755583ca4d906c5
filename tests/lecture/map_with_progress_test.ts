import { assertEquals, assertRejects } from "@std/assert";
import { recordDisplays } from "lib/lecture/display_message.ts";
import { mapWithProgress, pairs } from "lib/lecture/map_with_progress.ts";
import { StoppedError, withStopRequests } from "lib/training/stop_request.ts";

Deno.test("mapWithProgress() waits for each before the next begins, and keeps the order", async () => {
  const events: string[] = [];
  const results = await mapWithProgress(["a", "b"], "letters", async (item, place) => {
    events.push(`${item} begins`);
    await new Promise((resolve) => setTimeout(resolve, 5 - 4 * place));
    events.push(`${item} ends`);
    return item + place;
  });
  assertEquals(results, ["a0", "b1"]);
  assertEquals(events, ["a begins", "a ends", "b begins", "b ends"]);
});

Deno.test("mapWithProgress() leaves one line without a timing", async () => {
  const messages = await recordDisplays(() => mapWithProgress([1, 2, 3], "runs", (value) => value));
  assertEquals(messages.at(-1)!.data["text/plain"], "runs: 3 of 3 done.");
  assertEquals(new Set(messages.map(({ displayId }) => displayId)).size, 1);
});

Deno.test("mapWithProgress() says how far it came when one fails", async () => {
  const messages = await recordDisplays(() =>
    assertRejects(
      () =>
        mapWithProgress([1, 2, 3], "runs", (value) => {
          if (value === 2) throw new Error("no");
        }),
      Error,
      "no",
    )
  );
  assertEquals(messages.at(-1)!.data["text/plain"], "runs: 1 of 3 done.");
});

Deno.test("mapWithProgress() asked to stop throws, does not count the item at hand and begins no other", async () => {
  let isAsked = false;
  const begun: number[] = [];
  const act = (value: number) => {
    begun.push(value);
    isAsked = value === 2;
  };
  const messages = await recordDisplays(() =>
    withStopRequests(
      () => isAsked,
      () =>
        assertRejects(() => mapWithProgress([1, 2, 3], "runs", act), StoppedError).then(() => {}),
    )
  );
  assertEquals(begun, [1, 2]);
  assertEquals(messages.at(-1)!.data["text/plain"], "runs: 1 of 3 done.");
});

Deno.test("pairs() goes through the second list for each of the first", () => {
  assertEquals(pairs(["a", "b"], [1, 2]).map(({ left, right }) => left + right), [
    "a1",
    "a2",
    "b1",
    "b2",
  ]);
  assertEquals(pairs([], [1]), []);
});
