import { assertEquals, assertStringIncludes } from "@std/assert";
import { decide } from "lib/lecture/claim.ts";
import { claimMime, showClaim } from "lib/lecture/claim_display.ts";
import { above } from "lib/lecture/condition.ts";
import { recordDisplays } from "lib/lecture/display_message.ts";

const claim = decide({
  id: "Q1.1",
  statement: "Scores",
  prediction: "V",
  unit: "scores",
  condition: above(0),
}, 28);

Deno.test("showClaim() sends one display with the record beside its words", async () => {
  const messages = await recordDisplays(() => showClaim(claim));
  assertEquals(messages.length, 1);
  assertEquals(messages[0].data[claimMime], { ...claim });
  assertStringIncludes(messages[0].data["text/markdown"] as string, "**28 scores**");
  assertStringIncludes(messages[0].data["text/plain"] as string, "Q1.1 supported");
});

Deno.test("showClaim() outside a kernel does nothing", () => showClaim(claim));

Deno.test("showClaim() says how near the reader's guess came", async () => {
  const messages = await recordDisplays(() => showClaim(claim, { "Q1.1": 14, "Q9.9": 3 }));
  assertEquals(messages.length, 2);
  assertEquals(
    messages[1].data["text/markdown"],
    "Your guess, 14 scores, was of the right order: measured ÷ guess = 2.",
  );
});

Deno.test("showClaim() says nothing of a guess that was not made", async () => {
  const messages = await recordDisplays(() => showClaim(claim, { "Q1.1": null }));
  assertEquals(messages.length, 1);
});
