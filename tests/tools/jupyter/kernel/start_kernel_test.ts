import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { KernelGoneError } from "tools/jupyter/wire/kernel_connection.ts";
import { KernelSession } from "tools/jupyter/kernel/kernel_session.ts";
import { startKernel } from "tools/jupyter/kernel/start_kernel.ts";
import { isRunning, runSample, sampleNotebook } from "../sample_notebook.ts";

/** The command of a kernel that does otherwise than a kernel should. */
function fakeKernel(behaviour: string): string[] {
  const program = new URL("../fake_kernel.ts", import.meta.url).pathname;
  return [Deno.execPath(), "run", "-A", "--no-lock", program, behaviour];
}

Deno.test("startKernel() leaves no process and no connection file behind after stop()", async () => {
  const kernel = await startKernel({ cwd: "." });
  assert(isRunning(kernel.processId));
  await kernel.stop();
  await kernel.stop();
  assert(!isRunning(kernel.processId));
  await assertRejects(() => kernel.gone, KernelGoneError);
});

Deno.test("startKernel() interrupt() stops a loop and keeps the kernel's state", async () => {
  const kernel = await startKernel({ cwd: "." });
  try {
    const session = await KernelSession.open(kernel);
    await session.runCell("globalThis.kept = 41;");
    const looping = session.runCell("while (true) {}");
    await new Promise((resolve) => setTimeout(resolve, 100));
    await kernel.interrupt();
    await looping;
    const reply = await session.runCell("if (++globalThis.kept !== 42) throw new Error('lost');");
    assertEquals(reply.status, "ok");
  } finally {
    await kernel.stop();
  }
});

const refusals = [
  { behaviour: "noise", says: "Cannot greet the peer: not ZMTP" },
  { behaviour: "noise-later", says: "Cannot understand the kernel on its" },
  { behaviour: "wrong-key", says: "its signature is not the kernel's" },
  { behaviour: "exit", says: "ended with exit code 9" },
  { behaviour: "exit", says: "its last words" },
  { behaviour: "silence", says: "did not answer within 1.5 seconds" },
];

for (const { behaviour, says } of refusals) {
  Deno.test(`startKernel() gives up on a kernel of ${behaviour} and says: ${says}`, async () => {
    const error = await assertRejects(
      () => startKernel({ cwd: ".", command: fakeKernel(behaviour), startTimeoutSeconds: 1.5 }),
      KernelGoneError,
    );
    assertStringIncludes(error.message, says);
  });
}

Deno.test("startKernel() that fails makes a failed run, not an exception", async () => {
  const { failure } = await runSample(sampleNotebook("1"), { kernelCommand: fakeKernel("noise") });
  assertEquals([failure?.kind, failure?.cellIndex, failure?.excerpt], ["dead-kernel", -1, ""]);
});
