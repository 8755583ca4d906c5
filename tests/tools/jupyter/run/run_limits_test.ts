import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ExecutionOptions, FailureKind } from "tools/jupyter/run/execution_result.ts";
import { isRunning, outputsOf, runSample, sampleNotebook } from "../sample_notebook.ts";

interface Case {
  readonly title: string;
  readonly source: string;
  readonly options?: Partial<ExecutionOptions>;
  readonly kind: FailureKind;
  readonly says: string;
}

const waitForever = "await new Promise(() => {});";
const cases: readonly Case[] = [
  {
    title: "a cell that waits for ever",
    source: waitForever,
    options: { cellTimeoutSeconds: 1.5 },
    kind: "cell-timeout",
    says: "The cell ran longer than 1.5 seconds",
  },
  {
    title: "a cell that loops for ever",
    source: "while (true) {}",
    options: { cellTimeoutSeconds: 1.5 },
    kind: "cell-timeout",
    says: "The cell ran longer than 1.5 seconds",
  },
  {
    title: "a notebook that takes too long",
    source: waitForever,
    options: { notebookTimeoutSeconds: 3 },
    kind: "notebook-timeout",
    says: "The notebook ran longer than 3 seconds",
  },
  {
    title: "a kernel that the terminal's Ctrl-C has ended",
    source: `Deno.kill(Deno.pid, "SIGINT"); ${waitForever}`,
    kind: "interrupted",
    says: "The run was interrupted",
  },
  {
    title: "a kernel that was killed",
    // What was printed a microsecond before is the kernel's to send, and it sends on another thread.
    source:
      `await new Promise((done) => setTimeout(done, 20)); Deno.kill(Deno.pid, "SIGKILL"); ${waitForever}`,
    kind: "dead-kernel",
    says: "The kernel process ended by SIGKILL",
  },
  {
    title: "a cell that ends the process",
    source: "await new Promise((done) => setTimeout(done, 20)); Deno.exit(7);",
    kind: "dead-kernel",
    says: "The kernel process ended with exit code 7",
  },
];

for (const { title, source, options, kind, says } of cases) {
  Deno.test(`RunLimits stops ${title}, keeps what was finished, leaves no process`, async () => {
    const result = await runSample(
      sampleNotebook("Deno.pid", `console.log("begun");\n${source}`, "'never'"),
      options,
    );
    assertEquals([result.failure?.kind, result.failure?.cellNumber], [kind, 2]);
    assertStringIncludes(result.failure!.message, says);
    assertEquals(outputsOf(result, 1)[0].text, ["begun\n"]);
    assertEquals(outputsOf(result, 2), []);
    assert(!isRunning(kernelProcess(outputsOf(result, 0)[0].data)));
  });
}

Deno.test("RunLimits stops at once when the caller's signal says so, keeps what was finished", async () => {
  const controller = new AbortController();
  const result = await runSample(sampleNotebook("Deno.pid", "while (true) {}"), {
    signal: controller.signal,
    onProgress: (event) => {
      if (event.type === "cell-started" && event.cellIndex === 1) {
        setTimeout(() => controller.abort(), 50);
      }
    },
  });
  assertEquals([result.failure?.kind, result.failure?.cellNumber], ["interrupted", 2]);
  assert(!isRunning(kernelProcess(outputsOf(result, 0)[0].data)));
});

Deno.test("RunLimits starts nothing when the signal came before", async () => {
  const { failure, cells } = await runSample(sampleNotebook("1"), { signal: AbortSignal.abort() });
  assertEquals([failure?.kind, failure?.cellIndex, cells.length], ["interrupted", -1, 0]);
});

for (const signal of ["SIGKILL", "SIGHUP"] as const) {
  Deno.test(`RunLimits is not needed when ${signal} ends the runner: a kernel in an endless loop goes too`, async () => {
    const program = new URL("../endless_run.ts", import.meta.url).pathname;
    const runner = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-lock", program, "while (true) {}"],
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const reader = runner.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const kernel = Number((await reader.read()).value);
    assert(isRunning(kernel));
    runner.kill(signal);
    await reader.cancel();
    await runner.status;
    // Without an end of its own: a kernel that stays fails the test by hanging it, not by a clock.
    while (isRunning(kernel)) await new Promise((resolve) => setTimeout(resolve, 50));
  });
}

function kernelProcess(data: unknown): number {
  const [text] = (data as { "text/plain": string[] })["text/plain"];
  return Number(text);
}
