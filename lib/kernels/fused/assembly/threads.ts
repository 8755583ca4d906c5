// Threads run the same program and meet at barriers. They spin first, since a meeting is
// near, and sleep if it is not.
import { Address, Plan, Signal } from "../plan_layout";
import { size } from "./plan";

const SPINS = 20000;

// @ts-ignore: decorator
@inline
export function signal(index: i32): usize {
  return <usize>Address.Control + (<usize>index << 6);
}

/** Returns when the word is no longer `old`. */
export function awaitChange(word: usize, old: i32, mayWait: bool): void {
  for (let spin = 0; spin < SPINS; spin++) {
    if (atomic.load<i32>(word) != old) return;
  }
  while (atomic.load<i32>(word) == old) {
    if (!mayWait) continue;
    atomic.add<i32>(signal(Signal.Waiters), 1);
    atomic.wait<i32>(word, old, -1);
    atomic.sub<i32>(signal(Signal.Waiters), 1);
  }
}

/** Changes a word that others may wait for. */
export function announce(word: usize): void {
  atomic.add<i32>(word, 1);
  if (atomic.load<i32>(signal(Signal.Waiters)) > 0) atomic.notify(word, -1);
}

/** Returns when all threads have come here. */
export function meet(thread: i32): void {
  const threads = size(Plan.Threads);
  if (threads == 1) return;
  const generation = signal(Signal.Generation);
  const old = atomic.load<i32>(generation);
  if (atomic.add<i32>(signal(Signal.Arrivals), 1) + 1 == threads) {
    atomic.store<i32>(signal(Signal.Arrivals), 0);
    announce(generation);
    return;
  }
  awaitChange(generation, old, thread > 0 || size(Plan.MayWait) != 0);
}

/** Takes the next piece of work of a phase. */
// @ts-ignore: decorator
@inline
export function takeWork(phase: i32): i32 {
  return atomic.add<i32>(signal(Signal.Work + phase), 1);
}
