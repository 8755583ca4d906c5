import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { readStoredResult, storedResultMarkdown } from "lib/lecture/stored_result.ts";

Deno.test("readStoredResult() reads a result of the repository with what made it", async () => {
  const result = await readStoredResult<unknown[]>("memory_lengths");
  assertEquals(result.name, "memory_lengths");
  assertEquals(result.seeds, [1, 2, 3, 4, 5]);
  assertStringIncludes(storedResultMarkdown(result), "deno task memory-tasks --parts lengths");
});

Deno.test("readStoredResult() names the file that is missing", async () => {
  await assertRejects(
    () => readStoredResult("no_such_result"),
    Error,
    "results/no_such_result.json",
  );
});
