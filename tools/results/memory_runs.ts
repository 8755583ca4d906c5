import type { TaskRun } from "lib/training/tasks/train_task.ts";
import type { Part } from "tools/results/memory_parts.ts";
import { RESULTS_FOLDER, type StoredResult } from "tools/results/stored_result.ts";

/** One run of one network on one task. */
export interface PartRun extends TaskRun {
  readonly remedy: string;
  readonly length: number;
  readonly seed: number;
}

/** What a stored result says of how its runs were made. */
export function partSettings({ settings, tasks, learners }: Part) {
  return {
    ...settings,
    tasks: tasks.map(({ task }) => task.name),
    solvedBelow: tasks[0].task.solvedBelow,
    memorylessLoss: tasks.map(({ task }) => task.memorylessLoss),
    testEvery: 250,
    testSequences: 2000,
    networks: Object.fromEntries(
      Object.entries(learners).map(([network, how]) => [network, how.settings]),
    ),
  };
}

/** Runs stored earlier that the part would make alike: same sizes, budget and network. */
export async function storedRuns(
  name: string,
  part: Part,
  folder = RESULTS_FOLDER,
): Promise<{ runs: PartRun[]; engines: string[]; seconds: number }> {
  const none = { runs: [], engines: [], seconds: 0 };
  const path = new URL(`memory_${name.replaceAll("-", "_")}.json`, folder);
  const text = await Deno.readTextFile(path).catch(() => undefined);
  if (text === undefined) return none;
  const stored: StoredResult<ReturnType<typeof partSettings>, PartRun[]> = JSON.parse(text);
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

/** How a network did at one length, over the seeds run so far. */
export function soFar(
  runs: readonly PartRun[],
  { remedy, length }: { remedy: string; length: number },
): { solved: number; text: string } {
  const own = runs.filter((run) => run.remedy === remedy && run.length === length);
  const updates = own.map((run) => run.solved ? run.updates : "-").join(" ");
  return { solved: own.filter(({ solved }) => solved).length, text: `solved at ${updates}` };
}
