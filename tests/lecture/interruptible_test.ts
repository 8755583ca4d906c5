import { assert, assertEquals, assertLess, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { InterruptedError, interruptible } from "lib/lecture/interruptible.ts";
import { giveSignOfLife } from "lib/training/signs_of_life.ts";
import { startKernel } from "tools/jupyter/start_kernel.ts";
import { repositoryRoot as root } from "../repository/repository_root.ts";

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const options = { patienceMs: 300, watch: true };

Deno.test("interruptible() gives what the work gives, and throws what it throws", async () => {
  assertEquals(await interruptible(() => Promise.resolve(3), options), 3);
  await assertRejects(
    () => interruptible(() => Promise.reject(new Error("no")), options),
    Error,
    "no",
  );
});

Deno.test("interruptible() lets go of work that fell silent", async () => {
  const started = performance.now();
  await assertRejects(
    () => interruptible(() => new Promise<void>(() => {}), options),
    InterruptedError,
    "the kernel and its variables live on",
  );
  assertLess(performance.now() - started, 3000);
});

Deno.test("interruptible() waits for work that shows it is alive, and for one long computation", async () => {
  const working = async () => {
    for (let step = 0; step < 10; step++) {
      giveSignOfLife();
      await wait(60);
    }
    const until = performance.now() + 500;
    while (performance.now() < until);
    return "done";
  };
  assertEquals(await interruptible(working, options), "done");
});

const training = `
import { watchTraining } from "lib/lecture/live_training.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { train } from "lib/training/train.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { characterTokenizer } from "lib/text/character_tokenizer.ts";
import { streamWindows } from "lib/text/stream_windows.ts";
import { useBackend } from "lib/kernels/backend.ts";
await useBackend("cpu");
const text = "a stitch in time saves nine ".repeat(200);
const tokenizer = characterTokenizer(text);
const ids = tokenizer.encode(text);
const model = recurrentLanguageModel({ vocabulary: tokenizer.vocabulary, cell: "gru", hiddenSize: 32,
  random: randomStream(1, "weights") });
const schedule = streamWindows(ids, { batchSize: 8, unrollLength: 32 });
const optimizer = { kind: "adam", learningRate: 0.01 };
`;

Deno.test("watchTraining() survives the Stop button: the cell ends, the model has learned and trains on", async () => {
  const kernel = await startKernel({ cwd: join(root, "notebooks") });
  try {
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
    assertEquals(await run(training), "ok");
    const cell = run(`const seen = await watchTraining(
      train(model, schedule, { optimizer, epochs: 1e6 }), { title: "GRU" });`);
    while (!/update [1-9]\d/.test(shown)) await wait(50);
    await kernel.interrupt();
    assertEquals(await cell, "ok");
    assertMatch(shown, /GRU: \d+ updates, stopped from outside/);
    const after = `const more = await watchTraining(
      train(model, schedule, { optimizer, trainingSteps: 5 }), { title: "more" });
      console.log("nats:", seen[0].lossNats, more[0].lossNats);`;
    assertEquals(await run(after), "ok");
    await wait(200);
    const [, first, resumed] = /nats: (\S+) (\S+)/.exec(shown)!;
    assert(Number(resumed) < Number(first) - 0.3, `${first} to ${resumed}`);
  } finally {
    await kernel.stop();
  }
});
