import { assertEquals } from "@std/assert";
import { joinLines } from "tools/jupyter/notebook/read_notebook.ts";
import { outputsOf, runSample, sampleNotebook } from "../sample_notebook.ts";

/** What a cell put out, a line for each stream, as `name: text`. */
async function streamsOf(source: string): Promise<string[]> {
  const result = await runSample(sampleNotebook(`${source}\nundefined;`));
  assertEquals(result.failure, undefined);
  return outputsOf(result, 0).filter(({ output_type }) => output_type === "stream")
    .map(({ name, text }) => `${name}: ${joinLines(text as string[])}`);
}

Deno.test("setupCode() shows what a cell writes itself, in its place among the lines of console.log", async () => {
  const source = `
const bytes = new TextEncoder().encode("by Deno\\n");
console.log("1");
Deno.stdout.writeSync(bytes);
console.log("2");
await Deno.stdout.write(bytes);
process.stdout.write("by Node\\n");
const writer = Deno.stdout.writable.getWriter();
await writer.write(bytes);
console.log("3");
Deno.stderr.writeSync(bytes);
process.stderr.write("by Node\\n");`;
  assertEquals(await streamsOf(source), [
    "stdout: 1\nby Deno\n2\nby Deno\nby Node\nby Deno\n3\n",
    "stderr: by Deno\nby Node\n",
  ]);
});

Deno.test("setupCode() shows a child's inherited output, and leaves its piped output to the cell", async () => {
  const source = `
const command = (options) => new Deno.Command(Deno.execPath(), {
  args: ["eval", "console.log('out')"], env: { NO_COLOR: "1" }, ...options });
const { success } = await command({ stderr: "null" }).spawn().status;
console.log("spawned", success);
await command({ stdout: "inherit" }).output();
command({ stdout: "inherit" }).outputSync();
const { stdout } = await command({}).output();
console.log("held", stdout.length);`;
  assertEquals(await streamsOf(source), ["stdout: out\nspawned true\nout\nout\nheld 4\n"]);
});

Deno.test("setupCode() lets a flood of prints leave together, in order, as the kernel's console writes them", async () => {
  const source = `
console.log("%d %s", 1, "a", { b: [1, 2] });
console.group("group");
console.log("inner\\nlines 100 %s");
console.groupEnd();
for (let line = 0; line < 200_000; line++) console.log(line);
console.warn("warned");
Deno.stdout.writeSync(new TextEncoder().encode("written\\n"));
console.log("last");`;
  const [all, warned, rest] = await streamsOf(source);
  const lines = all.split("\n");
  assertEquals(lines.slice(0, 6), [
    "stdout: 1 a { b: [ 1, 2 ] }",
    "group",
    "  inner",
    "  lines 100 %s",
    "0",
    "1",
  ]);
  assertEquals(lines.slice(-3), ["199998", "199999", ""]);
  assertEquals([warned, rest], ["stderr: warned\n", "stdout: written\nlast\n"]);
});
