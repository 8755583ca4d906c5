import { assertEquals, assertRejects } from "@std/assert";
import {
  isDisplaying,
  messageLimit,
  recordDisplays,
  sendDisplay,
} from "lib/lecture/display_message.ts";

Deno.test("recordDisplays() collects what is displayed, in order", async () => {
  const messages = await recordDisplays(async () => {
    assertEquals(isDisplaying(), true);
    await sendDisplay({ "text/plain": "a" }, { displayId: "one" });
    await sendDisplay({ "text/plain": "b" }, { displayId: "one", update: true });
    await sendDisplay({ "text/plain": "c" });
  });
  assertEquals(messages, [
    { type: "display_data", data: { "text/plain": "a" }, displayId: "one" },
    { type: "update_display_data", data: { "text/plain": "b" }, displayId: "one" },
    { type: "display_data", data: { "text/plain": "c" } },
  ]);
});

Deno.test("recordDisplays() stops recording, also after an error", async () => {
  await assertRejects(
    () => recordDisplays(() => Promise.reject(new Error("broken"))),
    Error,
    "broken",
  );
  assertEquals(isDisplaying(), false);
});

Deno.test("sendDisplay() outside a kernel does nothing", async () => {
  assertEquals(isDisplaying(), false);
  await sendDisplay({ "text/plain": "a" });
});

Deno.test("sendDisplay() refuses a message that would break the kernel's stream", async () => {
  await assertRejects(
    () => sendDisplay({ "text/plain": "x".repeat(messageLimit) }),
    RangeError,
    "Cannot display text/plain: the message has 2000017 characters",
  );
});
