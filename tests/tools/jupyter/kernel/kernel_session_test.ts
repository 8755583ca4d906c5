import { assertEquals, assertRejects } from "@std/assert";
import { KernelGoneError } from "tools/jupyter/wire/kernel_connection.ts";
import type { KernelMessage } from "tools/jupyter/wire/kernel_message.ts";
import { KernelSession } from "tools/jupyter/kernel/kernel_session.ts";
import { startKernel } from "tools/jupyter/kernel/start_kernel.ts";

async function withSession(test: (session: KernelSession) => Promise<void>): Promise<void> {
  const kernel = await startKernel({ cwd: "." });
  try {
    await test(await KernelSession.open(kernel));
  } finally {
    await kernel.stop();
  }
}

Deno.test("KernelSession settle() comes after everything that 20 busy cells put out", async () => {
  await withSession(async (session) => {
    let heard = 0;
    session.onBroadcast = ({ header }: KernelMessage) => {
      if (header.msg_type === "stream") heard += 1;
    };
    for (let cell = 1; cell <= 20; cell++) {
      await session.runCell("for (let i = 0; i < 50; i++) console.log(i);");
      await session.settle([]);
      assertEquals(heard, cell * 50);
    }
  });
});

Deno.test("KernelSession settle() reports each failure once, and the names that are absent", async () => {
  await withSession(async (session) => {
    await session.runCell(
      "void Promise.reject(new TypeError('a')); void Promise.reject('c'); setTimeout(() => { throw 'b' }, 0);",
    );
    const names = [{ specifier: "node:path", name: "join" }, { specifier: "node:path", name: "x" }];
    const report = await session.settle(names);
    const failures = report.failures.map(({ kind, name, message }) => `${kind} ${name} ${message}`);
    assertEquals(failures.sort(), [
      "timer-error Error b",
      "unhandled-rejection Error c",
      "unhandled-rejection TypeError a",
    ]);
    assertEquals(report.absentNames, [names[1]]);
    assertEquals((await session.settle([])).failures, []);
  });
});

Deno.test("KernelSession settle() is answered after timers that throw, which used to hang the kernel", async () => {
  await withSession(async (session) => {
    for (let round = 0; round < 20; round++) {
      await session.runCell("setTimeout(() => { throw new Error('late') }, 0); 1");
      const { failures } = await session.settle([], { timeoutSeconds: 5 });
      assertEquals(failures.map(({ message }) => message), ["late"]);
    }
  });
});

Deno.test("KernelSession settle() does not wait for ever on a stuck kernel", async () => {
  await withSession(async (session) => {
    await session.runCell("setTimeout(() => { while (true) {} }, 0);");
    await assertRejects(
      () => session.settle([], { timeoutSeconds: 0.5 }),
      KernelGoneError,
      "did not answer within 0.5 seconds",
    );
  });
});

Deno.test("KernelSession importFailure() gives the kernel's reason, or none", async () => {
  await withSession(async (session) => {
    assertEquals(await session.importFailure("node:path"), undefined);
    assertEquals(
      await session.importFailure("node:nothing"),
      "No such built-in module: node:nothing",
    );
  });
});
