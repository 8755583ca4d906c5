import { assert, assertEquals, assertMatch } from "@std/assert";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Kernel, startKernel } from "tools/jupyter/kernel/start_kernel.ts";
import { denoKernelspec } from "tools/lab/kernelspec.ts";
import { repositoryRoot as root } from "../../repository/repository_root.ts";
import { isRunning } from "../jupyter/sample_notebook.ts";

/** The command of our kernelspec without the connection file. */
const command = denoKernelspec(Deno.execPath(), { runtimeFolder: "" }).argv.slice(0, -1);
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A kernel of our kernelspec, what it has shown, and whether a cell ran well. */
interface LabKernel {
  readonly kernel: Kernel;
  readonly shown: () => string;
  readonly run: (code: string) => Promise<string>;
}

async function withLabKernel(test: (lab: LabKernel) => Promise<void>): Promise<void> {
  const kernel = await startKernel({ cwd: join(root, "notebooks"), command });
  let shown = "";
  kernel.connection.onBroadcast = ({ header, content }) => {
    if (header.msg_type === "stream") shown += content.text;
    if (header.msg_type.endsWith("display_data")) shown += content.data["text/plain"] + "\n";
  };
  const run = async (code: string) => {
    const content = { code, silent: false, store_history: true, user_expressions: {} };
    const reply = await kernel.connection.request("execute_request", {
      content: { ...content, allow_stdin: false, stop_on_error: false },
    });
    return reply.content.status;
  };
  try {
    await test({ kernel, shown: () => shown, run });
  } finally {
    await shutDown(kernel);
  }
}

/** As Jupyter does it: by a message. A kernel that is gone already is left alone. */
async function shutDown(kernel: Kernel): Promise<void> {
  const content = { restart: false };
  const asked = kernel.connection.request("shutdown_request", { channel: "control", content });
  await Promise.race([asked, kernel.gone]).catch(() => {});
  await Promise.race([kernel.gone.catch(() => {}), wait(5000)]);
  await kernel.stop();
}

const training = `
import { watchTraining } from "lib/lecture/live_training.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { train } from "lib/training/train.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { useBackend } from "lib/kernels/backend.ts";
await useBackend("wasm");
const text = "a stitch in time saves nine ".repeat(200);
const tokenizer = characterTokenizer(text);
const newModel = () => recurrentLanguageModel({ vocabulary: tokenizer.vocabulary, cell: "gru",
  hiddenSize: 32, random: randomStream(1, "weights") });
const model = newModel();
const schedule = streamWindows(tokenizer.encode(text), { batchSize: 8, unrollLength: 32 });
const optimizer = { kind: "adam", learningRate: 0.01 };
const weights = (one) => Object.values(one.parameters).map((value) => value.dataSync().join());
`;

Deno.test("the lab's kernel ends a training at an interrupt; the model is as of its last update and trains on", () =>
  withLabKernel(async ({ kernel, run, shown }) => {
    assertEquals(await run(training), "ok");
    const cell = run(`const seen = await watchTraining(
      train(model, schedule, { optimizer, epochs: 1e6, recordEvery: 7 }), { title: "GRU" });`);
    while (!/update [1-9]\d/.test(shown())) await wait(20);
    await Promise.all([kernel.interrupt(), kernel.interrupt()]);
    assertEquals(await cell, "ok");
    const after = `const twin = newModel();
      const trainingSteps = seen.at(-1).trainingStep;
      for await (const record of train(twin, schedule, { optimizer, trainingSteps })) void record;
      console.log("same:", String(weights(twin)) === String(weights(model)));
      const more = await watchTraining(
        train(model, schedule, { optimizer, trainingSteps: 5 }), { title: "more" });
      console.log("more:", more.length);`;
    assertEquals(await run(after), "ok");
    while (!shown().includes("more: 5")) await wait(20);
    assertMatch(shown(), /GRU: \d+ updates, stopped on request/);
    assertMatch(shown(), /same: true/);
  }));

Deno.test("the lab's kernel ends a loop that never waits at an interrupt, and keeps its state", () =>
  withLabKernel(async ({ kernel, run, shown }) => {
    await run("let count = 0;");
    const cell = run("while (true) count++;");
    await wait(100);
    await kernel.interrupt();
    assertEquals(await cell, "error");
    assertEquals(await run(`console.log("counted:", count > 0);`), "ok");
    while (!shown().includes("counted: true")) await wait(20);
  }));

Deno.test("the lab's kernel takes an interrupt between cells for nothing", () =>
  withLabKernel(async ({ kernel, run }) => {
    assertEquals(await run("let count = 1;"), "ok");
    await kernel.interrupt();
    assertEquals(await run("if (++count !== 2) throw new Error('lost');"), "ok");
  }));

/** Starts a kernel, has it do something, and tells whether Deno's own process and our folder are gone. */
async function isGoneAfter(end: (lab: LabKernel) => Promise<void>): Promise<boolean[]> {
  let processId = 0;
  let file = "";
  await withLabKernel(async (lab) => {
    await lab.run(`console.log("at:", Deno.pid, Deno.env.get("UNROLLED_RUNNING_FILE"));`);
    while (!/at: .*\n/.test(lab.shown())) await wait(20);
    const [, pid, path] = /at: (\d+) (.*)\n/.exec(lab.shown())!;
    [processId, file] = [Number(pid), path];
    await end(lab);
    await Promise.race([lab.kernel.gone.catch(() => {}), wait(5000)]);
  });
  assert(processId > 0 && file !== "");
  return [!isRunning(processId), !existsSync(dirname(file))];
}

Deno.test("the lab's kernel leaves no process and no file behind when Jupyter shuts it down, in the midst of a loop too", async () => {
  assertEquals(await isGoneAfter(({ kernel }) => shutDown(kernel)), [true, true]);
  const inLoop = isGoneAfter(async ({ kernel, run }) => {
    run("while (true);").catch(() => {});
    await wait(100);
    await shutDown(kernel);
  });
  assertEquals(await inLoop, [true, true]);
});

for (const both of [false, true]) {
  const whom = both ? "it and Deno are" : "it is";
  Deno.test({
    name:
      `the lab's kernel leaves no process and no file behind when ${whom} told to end by a signal`,
    ignore: Deno.build.os === "windows",
    fn: async () => {
      const ended = isGoneAfter(({ kernel, run, shown }) => {
        run("while (true);").catch(() => {});
        if (both) Deno.kill(Number(/at: (\d+)/.exec(shown())![1]), "SIGTERM");
        Deno.kill(kernel.processId, "SIGTERM");
        return Promise.resolve();
      });
      assertEquals(await ended, [true, true]);
    },
  });
}

Deno.test("the lab's kernel ends with Deno's exit code", async () => {
  const kernel = await startKernel({ cwd: root, command });
  kernel.connection.request("execute_request", {
    content: { code: "Deno.exit(7)", silent: false, user_expressions: {}, allow_stdin: false },
  }).catch(() => {});
  const error = await kernel.gone.catch((reason) => reason);
  assertMatch(error.message, /exit code 7/);
  await kernel.stop();
});
