import type { Random } from "lib/random/random_stream.ts";

/** A uniformly shuffled copy of the values (Fisher and Yates; Durstenfeld 1964). */
export function shuffle<T>(values: Iterable<T>, random: Random): T[] {
  const shuffled = [...values];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1));
    const kept = shuffled[last];
    shuffled[last] = shuffled[chosen];
    shuffled[chosen] = kept;
  }
  return shuffled;
}
