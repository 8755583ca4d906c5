import { isDisplaying } from "lib/lecture/display_message.ts";
import { giveSignOfLife, signsOfLife } from "lib/training/signs_of_life.ts";

/** Work was ended by Jupyter's Stop button. */
export class InterruptedError extends Error {
  override name = "InterruptedError";
}

/** How the end of work is noticed. */
export interface InterruptibleOptions {
  /** Silence, while other things have their turn, after which work counts as ended; 3000 unless told. */
  readonly patienceMs?: number;
  /** Whether to look out at all; in a kernel only, unless told. */
  readonly watch?: boolean;
}

const lookEveryMs = 100;

/**
 * Runs long work so that Jupyter's Stop button ends it and not the notebook.
 *
 * The button ends the loop that runs, without an error and without `finally`: whoever awaits it would
 * wait for ever, and the cell with them. Timers go on, so two of them look for signs of life (a
 * training step is one) and let go of the work when there are none. Two, since the button may hit one.
 *
 * @param work must compute in one piece or give signs of life, such as `train` and `inTurn` do
 * @throws {InterruptedError} if the work fell silent
 * @throws whatever `work` throws
 */
export function interruptible<Result>(
  work: () => Promise<Result>,
  { patienceMs = 3000, watch = isDisplaying() }: InterruptibleOptions = {},
): Promise<Result> {
  if (!watch) return work();
  giveSignOfLife();
  const guards: Guard[] = [];
  return new Promise<Result>((resolve, reject) => {
    const letGo = () =>
      reject(
        new InterruptedError(
          "Stopped from outside: what ran is gone, the kernel and its variables live on.",
        ),
      );
    for (const offset of [0, 1]) {
      guards.push(startGuard({ patienceMs, everyMs: lookEveryMs + 30 * offset, letGo }));
    }
    work().then(resolve, reject);
  }).finally(() => guards.forEach((guard) => guard.stop()));
}

interface Guard {
  stop(): void;
}

/** Counts its own looks, not the clock: while one long computation runs, no timer has its turn. */
function startGuard(
  { patienceMs, everyMs, letGo }: { patienceMs: number; everyMs: number; letGo: () => void },
): Guard {
  let seen = signsOfLife();
  let silentLooks = 0;
  const timer = setInterval(() => {
    silentLooks = signsOfLife() === seen ? silentLooks + 1 : 0;
    seen = signsOfLife();
    if (silentLooks * everyMs >= patienceMs) letGo();
  }, everyMs);
  return { stop: () => clearInterval(timer) };
}
