import { assertEquals } from "@std/assert";
import { recordDisplays } from "lib/lecture/display_message.ts";
import { progressText, startProgress } from "lib/lecture/progress.ts";

Deno.test("startProgress() updates one display and ends it", async () => {
  const messages = await recordDisplays(async () => {
    const progress = await startProgress("start", { everyMs: 0 });
    await progress.update("half");
    await progress.finish("done");
  });
  assertEquals(messages.map(({ type, data }) => [type, data["text/plain"]]), [
    ["display_data", "start"],
    ["update_display_data", "half"],
    ["update_display_data", "done"],
  ]);
  assertEquals(new Set(messages.map(({ displayId }) => displayId)).size, 1);
});

Deno.test("startProgress() drops updates that come too fast, never the last", async () => {
  const messages = await recordDisplays(async () => {
    const progress = await startProgress("start", { everyMs: 60_000 });
    await progress.update("half");
    await progress.finish("done");
  });
  assertEquals(messages.map(({ data }) => data["text/plain"]), ["start", "done"]);
});

Deno.test("progressText() tells share and time left", () => {
  assertEquals(
    progressText({ done: 30, total: 120, elapsedSeconds: 10 }),
    "30 of 120 (25 %), about 30 s left",
  );
  assertEquals(progressText({ done: 120, total: 120, elapsedSeconds: 10 }), "120 of 120 (100 %)");
  assertEquals(progressText({ done: 0, total: 5, elapsedSeconds: 0 }), "0 of 5 (0 %)");
  assertEquals(progressText({ done: 7, elapsedSeconds: 1 }), "7");
});
