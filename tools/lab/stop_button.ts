/** What Jupyter's Stop button acts on. */
export interface StopButtonParts {
  /** The file that stands while work runs that can be asked to stop. */
  readonly runningFile: string;
  /** Names the cell that runs now, by whatever tells it from others. */
  readonly runningCell: () => string | undefined;
  /** Has Deno throw away what it computes. */
  readonly interrupt: () => Promise<void>;
  /** How long to look for the file, in milliseconds: the cell may be about to begin. */
  readonly searchMs?: number;
  /** How long a cell may take to stop before one more press counts. */
  readonly patienceMs?: number;
}

/**
 * A Stop button that asks before it interrupts; pressing it is to call the function.
 *
 * Deno's own answer to an interrupt throws away whatever JavaScript it meets. That is right for a loop
 * that never waits, and ruins one that does: a training, and with it the cell, would never end. So work
 * that can be asked to stop keeps a file while it runs (`lib/lecture/stoppable.ts`), and to remove the
 * file is to ask. Only a cell without such a file is interrupted, and no cell but the one that ran when
 * the button was pressed.
 */
export function stopButton(parts: StopButtonParts): () => Promise<void> {
  const { runningFile, runningCell, interrupt, searchMs = 300, patienceMs = 5000 } = parts;
  let stopped: { cell?: string; at: number } = { at: -Infinity };
  return async () => {
    const cell = runningCell();
    const isOver = () => cell !== undefined && runningCell() !== cell;
    const isStopping = () => stopped.cell === cell && performance.now() - stopped.at < patienceMs;
    const until = performance.now() + searchMs;
    while (performance.now() < until) {
      if (await isRemoved(runningFile)) {
        stopped = { cell: runningCell(), at: performance.now() };
        return;
      }
      if (isOver() || isStopping()) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    if (cell === undefined || isOver() || isStopping()) return;
    stopped = { cell, at: performance.now() };
    await interrupt();
  };
}

async function isRemoved(path: string): Promise<boolean> {
  try {
    await Deno.remove(path);
    return true;
  } catch {
    return false;
  }
}
