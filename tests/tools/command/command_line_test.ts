import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { join } from "node:path";
import { knownNames, readArguments, UsageError, wholeNumber } from "tools/command/command_line.ts";

Deno.test("readArguments() refuses what it does not know, and says where to look", () => {
  const options = { rounds: { type: "string" } } as const;
  const read = (...args: string[]) => readArguments(args, { task: "bench", options });
  assertEquals(read("--rounds", "3").values.rounds, "3");
  assertEquals(read("-h").values.help, true);
  const says = "Unknown option '--nosuch'. See deno task bench --help.";
  assertThrows(() => read("--nosuch"), UsageError, says);
  assertThrows(() => read("--rounds"), UsageError, "argument missing");
  assertThrows(() => read("stray"), UsageError, "stray");
});

Deno.test("wholeNumber() takes digits within a range, and nothing else", () => {
  const range = { name: "--port", least: 0, most: 65_535 };
  assertEquals([wholeNumber("0", range), wholeNumber("65535", range)], [0, 65_535]);
  assertEquals(wholeNumber(undefined, range), undefined);
  for (const value of ["abc", "65536", "-1", "1e3", "", "1.5"]) {
    const says = `Cannot use --port ${value}: a whole number from 0 to 65535 is needed.`;
    assertThrows(() => wholeNumber(value, range), UsageError, says);
  }
});

Deno.test("knownNames() splits a list, and names the first that nobody knows", () => {
  const cells = { name: "--cells", known: ["rnn", "gru"] };
  assertEquals(knownNames("gru,rnn", cells), ["gru", "rnn"]);
  assertThrows(
    () => knownNames("gru,lsm", cells),
    UsageError,
    "Cannot use --cells lsm: it takes rnn, gru.",
  );
});

const root = join(import.meta.dirname!, "..", "..", "..");
const commands: Record<string, { file: string; wrong: string[]; says: string }> = {
  "serve": { file: "tools/serve.ts", wrong: ["--port", "abc"], says: "Cannot use --port abc" },
  "test": { file: "tools/test.ts", wrong: ["--nosuch"], says: "--nosuch" },
  "test-browser": { file: "tools/test_browser.ts", wrong: ["nosuch"], says: "Cannot run nosuch" },
  "kernels": { file: "tools/kernels.ts", wrong: ["--nosuch"], says: "--nosuch" },
  "bench": { file: "bench/main.ts", wrong: ["--rounds", "0"], says: "Cannot use --rounds 0" },
  "bench-webgpu": { file: "bench/webgpu.ts", wrong: ["--shape", "nosuch"], says: "--shape nosuch" },
  "d2l": { file: "tools/results/d2l.ts", wrong: ["--cells", "x"], says: "--cells x" },
  "corpus-curve": {
    file: "tools/results/corpus_curve.ts",
    wrong: ["--cell", "x"],
    says: "--cell x",
  },
  "gpt-run": { file: "tools/results/gpt_run.ts", wrong: ["--updates", "x"], says: "--updates x" },
  "memory-tasks": {
    file: "tools/results/memory_tasks.ts",
    wrong: ["--seeds", "0"],
    says: "--seeds 0",
  },
  "lecture": { file: "tools/lecture.ts", wrong: ["--jobs", "x"], says: "--jobs x" },
};

for (const [task, { file, wrong, says }] of Object.entries(commands)) {
  Deno.test(`commandLine() of deno task ${task} answers --help with 0 and nonsense with 2 and one line`, async () => {
    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-check", "--quiet", join(root, file), ...args],
        env: { NO_COLOR: "1" },
      }).output();
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
      return { code, stdout: text(stdout), stderr: text(stderr) };
    };
    const helped = await run("--help");
    assertEquals(helped.code, 0, helped.stderr);
    assertStringIncludes(helped.stdout, `deno task ${task}`);
    const refused = await run(...wrong);
    assertEquals([refused.code, refused.stdout], [2, ""]);
    assertStringIncludes(refused.stderr, says);
    assertEquals(refused.stderr.trimEnd().split("\n").length, 1);
  });
}
