/** Work was asked to stop, and stopped before it was done. */
export class StoppedError extends Error {
  override name = "StoppedError";
}

let isAsked: (() => boolean) | undefined;

/**
 * Whether the work that runs now has been asked to stop.
 *
 * Long loops ask between two steps: it costs next to nothing.
 */
export function stopRequested(): boolean {
  return isAsked?.() ?? false;
}

/**
 * For loops whose result would be worth nothing if they ended early.
 *
 * @throws {StoppedError} if the work has been asked to stop.
 */
export function throwIfStopped(): void {
  if (stopRequested()) throw new StoppedError("Stopped on request, before it was done.");
}

/**
 * Runs work whose loops learn from `asked` whether to stop; within other such work, from that as well.
 *
 * @param asked is called often, between two steps; not any more once it has said yes
 * @throws whatever `work` throws
 */
export async function withStopRequests<Result>(
  asked: () => boolean,
  work: () => Promise<Result>,
): Promise<Result> {
  const outer = isAsked;
  let wasAsked = false;
  isAsked = () => wasAsked ||= asked() || (outer?.() ?? false);
  try {
    return await work();
  } finally {
    isAsked = outer;
  }
}
