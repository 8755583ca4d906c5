import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { recordDisplays } from "lib/lecture/display_message.ts";
import { figureMime } from "lib/lecture/figure_display.ts";
import { watchTraining } from "lib/lecture/live_training.ts";
import { stopFileName } from "lib/lecture/stoppable.ts";
import type { TrainingRecord } from "lib/training/training_record.ts";

async function* madeUpTraining(
  losses: readonly number[],
  { failure }: { failure?: Error } = {},
): AsyncGenerator<TrainingRecord> {
  for (const [index, lossNats] of losses.entries()) {
    await Promise.resolve();
    yield {
      trainingStep: index + 1,
      epoch: index / 10,
      lossNats,
      gradientNorm: 1,
      clippedShare: 0,
      charactersPerSecond: 1234.5678 * Math.random(),
      elapsedSeconds: Math.random(),
      engine: "fused wasm",
      ...(index === losses.length - 1 && !failure && { stopReason: "trainingSteps" as const }),
      ...(index === 1 && { validationLossNats: 3 }),
    };
  }
  if (failure) throw failure;
}

const options = { title: "GRU", everyMs: 0, trainingSteps: 3, caption: "Look." };

Deno.test("watchTraining() returns every record", async () => {
  const records = await watchTraining(madeUpTraining([3, 2, 1]), options);
  assertEquals(records.map(({ lossNats }) => lossNats), [3, 2, 1]);
});

Deno.test("watchTraining() draws one curve again and again, and keeps the last", async () => {
  const messages = await recordDisplays(() => watchTraining(madeUpTraining([3, 2, 1]), options));
  const curves = messages.filter(({ data }) => data["image/svg+xml"]);
  assertEquals(curves.map(({ type }) => type), [
    "display_data",
    ...Array(3).fill("update_display_data"),
  ]);
  assertEquals(new Set(curves.map(({ displayId }) => displayId)).size, 1);
  const { csv } = curves.at(-1)!.data[figureMime] as { csv: string };
  assertEquals(csv.split("\r\n").length, 1 + 3 + 1 + 1);
});

Deno.test("watchTraining() leaves nothing behind that holds a timing", async () => {
  const last = async () => {
    const messages = await recordDisplays(() => watchTraining(madeUpTraining([3, 2, 1]), options));
    const final = new Map(messages.map(({ displayId, data }, index) => [displayId ?? index, data]));
    return JSON.stringify([...final.values()]);
  };
  assertEquals(await last(), await last());
  assertStringIncludes(
    await last(),
    "GRU: 3 updates, stopped as planned; training loss 1 nats, validation loss 3 nats (fused wasm).",
  );
});

Deno.test("watchTraining() draws no more often than asked", async () => {
  const messages = await recordDisplays(() =>
    watchTraining(madeUpTraining([5, 4, 3, 2, 1]), { ...options, everyMs: 60_000 })
  );
  assertEquals(messages.filter(({ data }) => data["image/svg+xml"]).length, 2);
});

Deno.test("watchTraining() keeps the curve of a training that throws, and throws on", async () => {
  let messages: Awaited<ReturnType<typeof recordDisplays>> = [];
  const failure = new Error("no memory");
  await assertRejects(
    async () => {
      messages = await recordDisplays(async () => {
        await watchTraining(madeUpTraining([3, 2], { failure }), options).catch(() => {});
      });
      await watchTraining(madeUpTraining([3, 2], { failure }), options);
    },
    Error,
    "no memory",
  );
  assertEquals(messages.at(-1)!.data["text/markdown"], "Look.");
});

Deno.test("watchTraining() survives losses none of which is finite", async () => {
  const messages = await recordDisplays(() => watchTraining(madeUpTraining([NaN, NaN]), options));
  assertEquals(messages.some(({ data }) => data["image/svg+xml"]), false);
});

Deno.test("watchTraining() of no record says so", async () => {
  const messages = await recordDisplays(() => watchTraining(madeUpTraining([]), options));
  assertStringIncludes(JSON.stringify(messages), "GRU: no update was made");
});

Deno.test("watchTraining() asked to stop takes one more record, the last of a training that hears it, and says so", async () => {
  const folder = await Deno.makeTempDir();
  const before = Deno.cwd();
  Deno.chdir(folder);
  try {
    await Deno.writeTextFile(stopFileName, "");
    const messages = await recordDisplays(async () => {
      const records = await watchTraining(madeUpTraining([4, 3, 2, 1]), options);
      assertEquals(records.map(({ lossNats }) => lossNats), [4, 3]);
    });
    assertStringIncludes(JSON.stringify(messages), "GRU: 2 updates, stopped on request;");
  } finally {
    Deno.chdir(before);
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("watchTraining() shows what the model writes below its curve, and keeps the last", async () => {
  let calls = 0;
  const sampleText = () => Promise.resolve(`text ${++calls}`);
  const messages = await recordDisplays(() =>
    watchTraining(madeUpTraining([3, 2, 1]), { ...options, sampleText })
  );
  const samples = messages.filter(({ data }) => String(data["text/plain"]).startsWith("text "));
  assertEquals(samples.map(({ data }) => data["text/plain"]), [
    "text 1",
    "text 2",
    "text 3",
    "text 4",
  ]);
  assertEquals(new Set(samples.map(({ displayId }) => displayId)).size, 1);
  const failure = new Error("no memory");
  const failed = await recordDisplays(() =>
    watchTraining(madeUpTraining([3], { failure }), { ...options, sampleText }).catch(() => {})
  );
  assertEquals(calls, 5, "a run that failed writes no more");
  assertStringIncludes(JSON.stringify(failed), "text 5");
});
