import { assertEquals, assertRejects } from "@std/assert";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { recordDisplays } from "lib/lecture/display_message.ts";
import { runningFileVariable, stopFileName, stoppable } from "lib/lecture/stoppable.ts";
import { stopRequested } from "lib/training/stop_request.ts";

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Runs a test in a folder of its own, as a kernel of ours would: with displays and a running file. */
async function inKernel(test: (runningFile: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const before = Deno.cwd();
  const runningFile = join(folder, "running");
  Deno.chdir(folder);
  Deno.env.set(runningFileVariable, runningFile);
  try {
    await recordDisplays(() => test(runningFile));
  } finally {
    Deno.env.delete(runningFileVariable);
    Deno.chdir(before);
    await Deno.remove(folder, { recursive: true });
  }
}

/** Whether a request is heard within a second. */
async function hears(): Promise<boolean> {
  for (let look = 0; look < 50 && !stopRequested(); look++) await wait(20);
  return stopRequested();
}

Deno.test("stoppable() hears of the stop file once for each time it was put there", () =>
  inKernel(async () => {
    await Deno.writeTextFile(stopFileName, "");
    assertEquals(await stoppable(hears), true);
    assertEquals(existsSync(stopFileName), false);
    assertEquals(await stoppable(() => Promise.resolve(stopRequested())), false);
  }));

Deno.test("stoppable() keeps the running file while the work runs, and hears when it is removed", () =>
  inKernel(async (runningFile) => {
    const heard = await stoppable(async () => {
      assertEquals([existsSync(runningFile), stopRequested()], [true, false]);
      await Deno.remove(runningFile);
      return await hears();
    });
    assertEquals([heard, existsSync(runningFile)], [true, false]);
    await stoppable(() => Promise.resolve(assertEquals(existsSync(runningFile), true)));
    assertEquals(existsSync(runningFile), false);
  }));

Deno.test("stoppable() takes the running file away when the work throws, and throws on", () =>
  inKernel(async (runningFile) => {
    const failing = () => Promise.reject(new Error("no memory"));
    await assertRejects(() => stoppable(failing), Error, "no memory");
    assertEquals([existsSync(runningFile), stopRequested()], [false, false]);
  }));

Deno.test("stoppable() within other such work is a part of it: a request ends both", () =>
  inKernel(async (runningFile) => {
    await stoppable(async () => {
      await stoppable(() => Promise.resolve());
      assertEquals(existsSync(runningFile), true, "the outer work still runs");
      await Deno.remove(runningFile);
      // The inner work begins before anybody has looked.
      assertEquals(await stoppable(hears), true);
      assertEquals(stopRequested(), true);
    });
  }));

Deno.test("stoppable() does without a running file where it cannot be made, or is not asked for", () =>
  inKernel(async () => {
    for (const path of [undefined, "missing/folder/running"]) {
      if (path === undefined) Deno.env.delete(runningFileVariable);
      else Deno.env.set(runningFileVariable, path);
      assertEquals(await stoppable(() => Promise.resolve(stopRequested())), false);
    }
  }));

Deno.test("stoppable() only runs the work outside a kernel", async () => {
  const runningFile = await Deno.makeTempFile();
  await Deno.remove(runningFile);
  Deno.env.set(runningFileVariable, runningFile);
  try {
    assertEquals(await stoppable(() => Promise.resolve(existsSync(runningFile))), false);
  } finally {
    Deno.env.delete(runningFileVariable);
  }
});
