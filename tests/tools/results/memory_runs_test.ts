import { assertEquals } from "@std/assert";
import type { MemoryStudy } from "lib/experiments/memory_study.ts";
import { temporalOrderTask } from "lib/sources/temporal_order_task.ts";
import { partSettings, soFar, storedRuns } from "tools/results/memory_runs.ts";

const part: MemoryStudy = {
  settings: { hiddenSize: 5, batchSize: 2, maxUpdates: 10 },
  tasks: [{ length: 20, task: temporalOrderTask(20) }],
  learners: { kept: { settings: { rate: 1 }, make: () => Promise.reject() } },
};
const run = (remedy: string, length: number, solved = true) => (
  { remedy, length, seed: 1, solved, updates: 5, testError: 0, trainingLoss: 0, diverged: false }
);

Deno.test("storedRuns() keeps runs of the same sizes and network, and no others", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/memory_some_part.json`;
  const at = new URL(`file://${folder}/`);
  const values = [run("kept", 20), run("kept", 40), run("gone", 20)];
  const store = (settings: unknown) =>
    Deno.writeTextFile(path, JSON.stringify({ settings, values, engine: "loops", seconds: 3 }));
  assertEquals((await storedRuns("some-part", part, at)).runs, []);
  await store(partSettings(part));
  const { runs, engines, seconds } = await storedRuns("some-part", part, at);
  assertEquals([runs, engines, seconds], [[run("kept", 20)], ["loops"], 3]);
  await store({ ...partSettings(part), networks: { kept: { rate: 2 } } });
  // Time that was spent on runs that are not kept does not count.
  assertEquals(await storedRuns("some-part", part, at), { runs: [], engines: [], seconds: 0 });
  await store({ ...partSettings(part), maxUpdates: 20 });
  assertEquals((await storedRuns("some-part", part, at)).runs, []);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("soFar() says after how many updates the runs of one network solved one length", () => {
  const runs = [run("kept", 20), run("kept", 20, false), run("kept", 40)];
  const found = soFar(runs, { remedy: "kept", length: 20 });
  assertEquals(found, "solved at 5 -");
});
