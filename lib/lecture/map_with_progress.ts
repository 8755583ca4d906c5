import { progressText, startProgress } from "lib/lecture/progress.ts";
import { stoppable } from "lib/lecture/stoppable.ts";
import { throwIfStopped } from "lib/training/stop_request.ts";

/**
 * Does something for each item, one after the other, with a line of progress, and gives all results.
 *
 * The line that stays names the count and no timing. Jupyter's Stop button ends it with an error, after
 * the item at hand at the latest, and later cells run. Outside a kernel nothing is shown.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mapWithProgress } from "lib/lecture/map_with_progress.ts";
 * assertEquals(await mapWithProgress([1, 2, 3], "squares", (value) => value ** 2), [1, 4, 9]);
 * ```
 *
 * @throws {StoppedError} if it was stopped; the line then says how far it came.
 * @throws whatever `act` throws
 */
export async function mapWithProgress<Item, Result>(
  items: readonly Item[],
  title: string,
  act: (item: Item, place: number) => Promise<Result> | Result,
): Promise<Result[]> {
  const started = performance.now();
  const results: Result[] = [];
  const total = items.length;
  const progress = await startProgress(`${title}: 0 of ${total}`);
  const actOnAll = async () => {
    for (const [place, item] of items.entries()) {
      const result = await act(item, place);
      // A training that was cut short is no result.
      throwIfStopped();
      results.push(result);
      const elapsedSeconds = (performance.now() - started) / 1000;
      const text = progressText({ done: results.length, total, elapsedSeconds });
      await progress.update(`${title}: ${text}`);
    }
  };
  try {
    await stoppable(actOnAll);
  } finally {
    await progress.finish(`${title}: ${results.length} of ${total} done.`);
  }
  return results;
}

/** Every pair of one item of each list, those of the first list together. */
export function pairs<Left, Right>(
  lefts: readonly Left[],
  rights: readonly Right[],
): { left: Left; right: Right }[] {
  return lefts.flatMap((left) => rights.map((right) => ({ left, right })));
}
