import { assertEquals, assertStringIncludes } from "@std/assert";
import type { StageResult } from "tools/test/stage.ts";
import { closingLine, summarise } from "tools/test/summary.ts";

const stages: StageResult[] = [
  { name: "lint", passed: 1, failed: 0, skipped: [], notes: [], seconds: 0.25 },
  {
    name: "tests",
    passed: 40,
    failed: 2,
    skipped: ["peer() did not run: no peer."],
    notes: ["failed: b()"],
    seconds: 12,
  },
];

Deno.test("closingLine() adds up tests and stages, and names skips only where there are some", () => {
  assertEquals(closingLine(stages.slice(0, 1)), "1 passed, 0 failed");
  assertEquals(closingLine(stages), "41 passed, 2 failed, 1 skipped");
});

Deno.test("summarise() closes with the count alone on its line", () => {
  assertEquals(summarise(stages).split("\n").at(-1), "41 passed, 2 failed, 1 skipped");
});

Deno.test("summarise() shows each stage, what failed and the sentence of a skip", () => {
  const text = summarise(stages);
  assertStringIncludes(text, "lint   ok  0.3 s");
  assertStringIncludes(text, "tests  FAILED 40 of 42  12.0 s");
  assertStringIncludes(text, "tests: failed: b()");
  assertStringIncludes(text, "\npeer() did not run: no peer.\n");
});
