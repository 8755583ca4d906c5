import { isDisplaying } from "lib/lecture/display_message.ts";
import { withStopRequests } from "lib/training/stop_request.ts";

/** The file that asks what runs to stop when somebody puts it into the notebook's folder. */
export const stopFileName = "stop-training";

/**
 * Names the file that stands where work runs which can be asked to stop. Whoever starts the kernel
 * sets the variable, and removes the file when Jupyter's Stop button is pressed.
 */
export const runningFileVariable = "UNROLLED_RUNNING_FILE";

const lookEveryMs = 100;
let isRunning = false;

/**
 * Runs long work that Jupyter's Stop button, or a file called `stop-training`, can ask to stop.
 *
 * The button must ask, since the Deno kernel can end nothing but a loop that never waits: it throws
 * away the one call that it meets, with no error and no `finally`, and whoever awaits that call waits
 * for ever. So the kernel of `deno task lab` hands a press of the button on to us, by removing a file.
 * Everywhere else there is the other file: `touch notebooks/stop-training` in a terminal, or New, Text
 * File in Jupyter.
 *
 * Within other such work it is a part of that, and a request ends both.
 *
 * @param work asks `stopRequested` between its steps, as `train` does
 * @throws whatever `work` throws
 */
export async function stoppable<Result>(work: () => Promise<Result>): Promise<Result> {
  if (isRunning || !isDisplaying()) return await work();
  const runningFile = createdFile(Deno.env.get(runningFileVariable));
  let lookedAt = -Infinity;
  const asked = () => {
    if (performance.now() - lookedAt < lookEveryMs) return false;
    lookedAt = performance.now();
    return removed(stopFileName) || (runningFile !== undefined && !isThere(runningFile));
  };
  isRunning = true;
  try {
    return await withStopRequests(asked, work);
  } finally {
    isRunning = false;
    if (runningFile !== undefined) removed(runningFile);
  }
}

/** The path, if a new file could be made there. */
function createdFile(path: string | undefined): string | undefined {
  return path !== undefined && succeeds(() => Deno.writeTextFileSync(path, "", { createNew: true }))
    ? path
    : undefined;
}

/** Whether the file was there and could be taken away: one that stays would stop every run. */
function removed(path: string): boolean {
  return succeeds(() => Deno.removeSync(path));
}

function isThere(path: string): boolean {
  return succeeds(() => Deno.statSync(path));
}

function succeeds(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
