/** What is waited for, and how long. */
export interface WaitOptions {
  /** In words, for the message. */
  readonly what: string;
  /** Longest wait; with `progress` the longest in which nothing changes, however long the whole takes. */
  readonly seconds: number;
  /** Something that changes as long as there is progress. */
  readonly progress?: () => unknown;
  readonly clock?: WaitClock;
}

/** Time, as a wait sees it. */
export interface WaitClock {
  /** Milliseconds on a clock that only runs forward. */
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

const realClock: WaitClock = {
  now: () => performance.now(),
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/**
 * Looks until there is a value that counts as true, and gives it.
 *
 * @throws {Error} if there is none within `seconds`
 */
export async function waitUntil<Value>(
  look: () => Value | Promise<Value>,
  { what, seconds, progress, clock = realClock }: WaitOptions,
): Promise<Value> {
  let since = clock.now();
  let last: unknown;
  while (true) {
    const value = await look();
    if (value) return value;
    const state = await progress?.();
    if (state !== last) since = clock.now();
    last = state;
    if (clock.now() - since > seconds * 1000) {
      const how = progress ? `${seconds} s without any change` : `${seconds} s`;
      throw new Error(`Waited ${how} in vain for: ${what}`);
    }
    await clock.pause(50);
  }
}
