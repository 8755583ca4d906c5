import { assertEquals } from "@std/assert";
import { readStoredClaims, storedClaimsPath } from "lib/lecture/stored_claims.ts";

Deno.test("readStoredClaims() reads the committed claims of the embedded text", async () => {
  const stored = await readStoredClaims("embedded");
  assertEquals([stored?.corpus, stored?.quick], ["embedded", false]);
  const claim = stored?.claims.find(({ id }) => id === "Q1.1");
  assertEquals([claim?.value, claim?.verdict, claim?.exact], [0, "supported", true]);
});

Deno.test("readStoredClaims() gives nothing for a text whose claims are not stored", async () => {
  assertEquals(await readStoredClaims("no-such-text"), undefined);
});

Deno.test("storedClaimsPath() keeps each text in a file of its own", () => {
  assertEquals(storedClaimsPath("embedded"), "results/claims.json");
  assertEquals(storedClaimsPath("timemachine"), "results/claims_timemachine.json");
});
