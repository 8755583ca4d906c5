import type { Random } from "lib/random/random_stream.ts";

/** Draws places of a table, each with its own probability. */
export interface TableSampler {
  draw(random: Random): number;
  /** Of a place: its weight over the sum of all. */
  probability(place: number): number;
}

/**
 * A sampler of places by weight that draws in constant time (Walker's alias method, Vose 1991).
 *
 * For a single draw from few places `drawIndex` is simpler.
 *
 * @throws {RangeError} if a weight is negative or not a number, or all are 0
 */
export function tableSampler(weights: ArrayLike<number>): TableSampler {
  const size = weights.length;
  let total = 0;
  for (let place = 0; place < size; place++) total += weights[place];
  if (!(total > 0) || !Array.from(weights).every((weight) => weight >= 0)) {
    throw new RangeError(`Cannot draw from ${size} weights that sum to ${total}.`);
  }
  // Each column holds a share of its own place and fills up with one other, its alias.
  const share = Float64Array.from({ length: size }, (_, place) => weights[place] * size / total);
  const alias = new Int32Array(size).map((_, place) => place);
  const poor: number[] = [], rich: number[] = [];
  share.forEach((value, place) => (value < 1 ? poor : rich).push(place));
  while (poor.length > 0 && rich.length > 0) {
    const giver = rich[rich.length - 1];
    const taker = poor.pop()!;
    alias[taker] = giver;
    share[giver] -= 1 - share[taker];
    if (share[giver] < 1) poor.push(rich.pop()!);
  }
  return {
    draw(random) {
      const at = random() * size;
      const column = Math.floor(at);
      return at - column < share[column] ? column : alias[column];
    },
    probability: (place) => weights[place] / total,
  };
}
