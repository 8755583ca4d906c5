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

Deno.test("readStoredResult() says what of a file's record is missing", async () => {
  const folder = await Deno.makeTempDir();
  const result = await readStoredResult("memory_lengths");
  await Deno.writeTextFile(`${folder}/seedless.json`, JSON.stringify({ ...result, seeds: 1 }));
  await assertRejects(
    () => readStoredResult("seedless", { folder: new URL(`file://${folder}/`) }),
    Error,
    "results/seedless.json: ✖ Invalid input: expected array, received number\n  → at seeds",
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readStoredResult() reads every result of the repository that says what made it", async () => {
  const folder = new URL("../../results/", import.meta.url);
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".json")) continue;
    const json = JSON.parse(await Deno.readTextFile(new URL(name, folder)));
    if (!("madeOn" in json)) continue;
    assertEquals(await readStoredResult(name.replace(".json", "")), json);
  }
});
