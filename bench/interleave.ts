import { medianSorted } from "simple-statistics";
import type { Contender } from "./peer.ts";

/** Runs before the first that counts. */
const WARM_ROUNDS = 5;

/** Milliseconds per step of one contender, a value per round. */
export interface Timing {
  readonly name: string;
  readonly rounds: readonly number[];
  readonly median: number;
  /** Smallest and largest round. */
  readonly spread: { readonly low: number; readonly high: number };
}

/**
 * Times contenders in turn, round by round, so that whatever else the machine does meets all alike.
 *
 * Each round gives each contender about `milliseconds`, and at least one step.
 */
export async function interleave(
  contenders: readonly Contender[],
  { rounds, milliseconds }: { rounds: number; milliseconds: number },
): Promise<Timing[]> {
  const counts: number[] = [];
  for (const contender of contenders) {
    const first = await contender.run(1);
    const once = first > 1000 ? first : await contender.run(2) / 2;
    const count = Math.max(1, Math.round(milliseconds / once));
    counts.push(count > 1 ? await whenHot(contender, { count, milliseconds }) : count);
  }
  const times: number[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < contenders.length; i++) {
      times[i].push(await contenders[i].run(counts[i]) / counts[i]);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  return contenders.map(({ name }, i) => summarise(name, times[i]));
}

/** Engines compile hot code while it runs: how many steps take so long once it is compiled. */
async function whenHot(
  contender: Contender,
  { count, milliseconds }: { count: number; milliseconds: number },
): Promise<number> {
  let last = milliseconds;
  for (let round = 0; round < WARM_ROUNDS; round++) last = await contender.run(count);
  return Math.max(1, Math.round(count * milliseconds / last));
}

/** Median and spread of a series. */
export function summarise(name: string, rounds: readonly number[]): Timing {
  const sorted = rounds.toSorted((a, b) => a - b);
  return {
    name,
    rounds,
    median: medianSorted(sorted),
    spread: { low: sorted[0], high: sorted.at(-1)! },
  };
}

/** The fastest contender of a library, by its median. */
export function best(timings: readonly Timing[], prefix: string): Timing | undefined {
  return timings.filter(({ name }) => name.startsWith(prefix))
    .toSorted((a, b) => a.median - b.median)[0];
}
