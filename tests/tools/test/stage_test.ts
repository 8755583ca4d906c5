import { assertEquals, assertGreaterOrEqual, assertMatch } from "@std/assert";
import { runStage, singleCheck } from "tools/test/stage.ts";

const silent = { log: () => {} };

Deno.test("singleCheck() counts one check", () => {
  assertEquals(singleCheck(true), { passed: 1, failed: 0, skipped: [], notes: [] });
  assertEquals(singleCheck(false, ["why"]), { passed: 0, failed: 1, skipped: [], notes: ["why"] });
});

Deno.test("runStage() announces a stage and says how it ended", async () => {
  const said: string[] = [];
  const log = (text: string) => void said.push(text);
  await runStage("format", () => Promise.resolve(singleCheck(true)), { log });
  await runStage("lint", () => Promise.resolve(singleCheck(false)), { log });
  assertEquals([said[0], said[2]], ["\n== format", "\n== lint"]);
  assertMatch(said[1], /^ok \(\d+\.\d s\)$/);
  assertMatch(said[3], /^FAILED \(\d+\.\d s\)$/);
});

Deno.test("runStage() takes the time of a stage", async () => {
  const result = await runStage("format", async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return singleCheck(true);
  }, silent);
  assertEquals([result.name, result.passed], ["format", 1]);
  assertGreaterOrEqual(result.seconds, 0.045);
});

Deno.test("runStage() makes a failure with a note of a stage that throws", async () => {
  const result = await runStage("format", () => Promise.reject(new Error("no disk")), silent);
  assertEquals([result.passed, result.failed, result.notes], [0, 1, ["no disk"]]);
});
