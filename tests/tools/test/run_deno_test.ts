import { assertEquals } from "@std/assert";
import { firstLines, runDeno } from "tools/test/run_deno.ts";

Deno.test("runDeno() returns exit code and output of the Deno that runs the tests", async () => {
  const code = "console.log(Deno.version.deno); console.error(Deno.noColor); Deno.exit(3);";
  const run = await runDeno(["eval", code], { cwd: Deno.cwd() });
  assertEquals(run, { ok: false, code: 3, stdout: `${Deno.version.deno}\n`, stderr: "true\n" });
});

Deno.test("runDeno() gives a program its standard input, read to the end or not", async () => {
  const echo = "await Deno.stdin.readable.pipeTo(Deno.stdout.writable);";
  const { stdout } = await runDeno(["eval", echo], { input: "ä\nb" });
  assertEquals(stdout, "ä\nb");
  const deaf = await runDeno(["eval", "Deno.exit(4);"], { input: "x".repeat(1e6) });
  assertEquals(deaf, { ok: false, code: 4, stdout: "", stderr: "" });
});

Deno.test("firstLines() cuts a long output and says how much is missing", () => {
  assertEquals(firstLines("a\nb\nc\n", 3), "a\nb\nc");
  assertEquals(firstLines("a\nb\nc\nd", 2), "a\nb\n… and 2 more lines");
});
