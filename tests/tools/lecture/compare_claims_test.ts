import { assertEquals } from "@std/assert";
import type { ClaimsFile } from "tools/lecture/claims_file.ts";
import { compareClaims, mergeClaims } from "tools/lecture/compare_claims.ts";
import { sampleClaim } from "./sample_notebook.ts";

const committed: ClaimsFile = {
  corpus: "embedded",
  seed: 1,
  backend: "wasm",
  versions: {},
  quick: false,
  claims: [sampleClaim(), sampleClaim({ id: "Q3.2" })],
};

Deno.test("compareClaims() sees the last digit", () => {
  const claims = [sampleClaim({ value: -0.431234567890124 }), sampleClaim({ id: "Q3.2" })];
  assertEquals(compareClaims({ ...committed, claims }, { committed, whole: true }), [
    "Q3.1: value: committed -0.431234567890123, now -0.431234567890124",
  ]);
  assertEquals(compareClaims(committed, { committed, whole: true }), []);
});

Deno.test("compareClaims() misses a claim only where the whole lecture ran", () => {
  const part = { ...committed, claims: [sampleClaim()] };
  assertEquals(compareClaims(part, { committed, whole: false }), []);
  assertEquals(compareClaims(part, { committed, whole: true }), [
    "Q3.2: committed, and not measured now",
  ]);
  const more = { ...committed, claims: [...committed.claims, sampleClaim({ id: "Q3.9" })] };
  assertEquals(compareClaims(more, { committed, whole: true }), [
    "Q3.9: not among the committed claims",
  ]);
});

Deno.test("compareClaims() does not compare runs with other settings", () => {
  assertEquals(compareClaims({ ...committed, quick: true }, { committed, whole: true }), [
    "Not comparable: quick: committed false, now true",
  ]);
});

Deno.test("mergeClaims() replaces the claims of the notebooks that ran and keeps the rest", () => {
  const old = { ...committed, claims: [...committed.claims, sampleClaim({ id: "Q10.1" })] };
  const measured = { ...committed, claims: [sampleClaim({ value: 2 })] };
  const merged = mergeClaims(old, { measured, promised: new Set(["Q3.1", "Q3.2"]) });
  assertEquals(merged.claims.map(({ id, value }) => [id, value]), [
    ["Q3.1", 2],
    ["Q10.1", -0.431234567890123],
  ]);
});
