const TURN_EVERY_MS = 40;

/**
 * Lets timers, messages and abort signals have their turn: call it between steps of a long loop.
 *
 * It gives the event loop a turn when 40 ms have passed since the last one, and costs next to
 * nothing otherwise.
 */
export function eventLoopYielder(): () => Promise<void> | void {
  let last = performance.now();
  return () => {
    if (performance.now() - last < TURN_EVERY_MS) return;
    return new Promise((resolve) =>
      setTimeout(() => {
        last = performance.now();
        resolve();
      }, 0)
    );
  };
}
