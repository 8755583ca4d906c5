import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { joinLines } from "tools/jupyter/notebook/read_notebook.ts";
import { formatNotebook } from "tools/jupyter/notebook/write_notebook.ts";
import { codeCell, sampleNotebook } from "./sample_notebook.ts";

const script = join(import.meta.dirname!, "..", "..", "..", "tools", "lecture.ts");
const decoder = new TextDecoder();

function lecture(args: readonly string[]): Deno.ChildProcess {
  const command = [Deno.execPath(), "run", "-A", "--no-check", script, ...args];
  return new Deno.Command(command[0], {
    args: command.slice(1),
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

Deno.test("deno task lecture refuses an unknown option with exit code 2 and one clear line", async () => {
  const { code, stderr } = await lecture(["--quik"]).output();
  assertEquals(code, 2);
  assertEquals(
    decoder.decode(stderr),
    "Unknown option '--quik'. See deno task lecture --help.\n",
  );
});

Deno.test("deno task lecture --help names every option", async () => {
  const { code, stdout } = await lecture(["--help"]).output();
  assertEquals(code, 0);
  const options = [
    "--quick",
    "--in-place",
    "--check",
    "--store",
    "--corpus",
    "--seed",
    "--out",
    "--jobs",
  ];
  for (const option of options) assertStringIncludes(decoder.decode(stdout), option);
});

Deno.test("deno task lecture leaves no kernel behind after Ctrl-C and keeps what was finished", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "endless.ipynb");
    const cells = [
      codeCell('console.log("first");'),
      codeCell('Deno.writeTextFileSync("kernel.pid", String(Deno.pid));'),
      codeCell("await new Promise((resolve) => setTimeout(resolve, 600_000));"),
    ];
    await Deno.writeTextFile(path, formatNotebook(sampleNotebook(cells)));
    const process = lecture([path, "--out", join(folder, "out")]);
    const kernel = Number(await appears(join(folder, "kernel.pid")));
    process.kill("SIGINT");
    const { code, stdout } = await process.output();
    assertEquals(code, 130, decoder.decode(stdout));
    assertEquals(await isAlive(kernel), false);
    const executed = JSON.parse(await Deno.readTextFile(join(folder, "out", "endless.ipynb")));
    assertEquals(joinLines(executed.cells[0].outputs[0].text), "first\n");
    const page = await Deno.readTextFile(join(folder, "out", "endless.html"));
    assert(page.includes("first"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** The text of a file, once there is one. */
async function appears(path: string): Promise<string> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const text = await Deno.readTextFile(path).catch(() => "");
    if (text !== "") return text;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Cannot read ${path}: it did not appear within 30 s`);
}

async function isAlive(pid: number): Promise<boolean> {
  const { success } = await new Deno.Command("kill", { args: ["-0", String(pid)], stderr: "null" })
    .output();
  return success;
}
