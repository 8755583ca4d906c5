import type { MemoryRun, MemoryStudy } from "lib/experiments/memory_study.ts";
import { RESULTS_FOLDER, type StoredResult } from "tools/results/stored_result.ts";

/** What a stored result says of how its runs were made. */
export function partSettings({ settings, tasks, learners }: MemoryStudy) {
  return {
    ...settings,
    tasks: tasks.map(({ task }) => task.name),
    solvedBelow: tasks[0].task.solvedBelow,
    memorylessLoss: tasks.map(({ task }) => task.memorylessLoss),
    testEvery: settings.testEvery ?? 250,
    testSequences: settings.testSequences ?? 2000,
    networks: Object.fromEntries(
      Object.entries(learners).map(([network, how]) => [network, how.settings]),
    ),
  };
}

/** Runs stored earlier that the part would make alike: same sizes, budget and network. */
export async function storedRuns(
  name: string,
  part: MemoryStudy,
  folder = RESULTS_FOLDER,
): Promise<{ runs: MemoryRun[]; engines: string[]; seconds: number }> {
  const none = { runs: [], engines: [], seconds: 0 };
  const path = new URL(`memory_${name.replaceAll("-", "_")}.json`, folder);
  const text = await Deno.readTextFile(path).catch(() => undefined);
  if (text === undefined) return none;
  const stored: StoredResult<ReturnType<typeof partSettings>, MemoryRun[]> = JSON.parse(text);
  const now = partSettings(part);
  const sizes = ["hiddenSize", "batchSize", "maxUpdates"] as const;
  if (sizes.some((key) => stored.settings[key] !== now[key])) return none;
  const isSame = (remedy: string) =>
    remedy in now.networks &&
    JSON.stringify(stored.settings.networks?.[remedy]) === JSON.stringify(now.networks[remedy]);
  const runs = stored.values.filter(({ remedy, length }) =>
    isSame(remedy) && part.tasks.some((task) => task.length === length)
  );
  if (runs.length === 0) return none;
  return { runs, engines: stored.engine.split("; ").filter(Boolean), seconds: stored.seconds };
}

/** After how many updates the runs of a network at one length so far solved it. */
export function soFar(
  runs: readonly MemoryRun[],
  { remedy, length }: { remedy: string; length: number },
): string {
  const own = runs.filter((run) => run.remedy === remedy && run.length === length);
  return `solved at ${own.map((run) => run.solved ? run.updates : "-").join(" ")}`;
}
