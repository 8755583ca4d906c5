import { throwIfStopped } from "lib/training/stop_request.ts";
import { eventLoopYielder } from "lib/training/event_loop_yielder.ts";

/**
 * Runs something for each item, one after the other, and gives all results: the loop of an experiment
 * over seeds, settings or networks.
 *
 * Before each run it looks whether to stop, and lets timers and messages have their turn.
 *
 * @throws {StoppedError} if Stop was pressed.
 * @throws whatever `run` throws
 */
export async function mapStoppably<Item, Result>(
  items: Iterable<Item>,
  run: (item: Item) => Promise<Result> | Result,
): Promise<Result[]> {
  const takeTurn = eventLoopYielder();
  const results: Result[] = [];
  for (const item of items) {
    await takeTurn();
    throwIfStopped();
    results.push(await run(item));
  }
  return results;
}
