import type { BytePairMerge } from "lib/text/tokenizers/byte_pairs.ts";

/** The merges by their pair. */
export interface PairRanks {
  /** The rank of the merge that joins two tokens, the lower the earlier; -1 if none does. */
  rankOf(left: number, right: number): number;
}

/**
 * A table of merges by pair: open addressing in typed arrays.
 *
 * A Map keyed by both ids in one number is several times slower, as such numbers exceed 31 bits.
 */
export function pairRanks(merges: readonly BytePairMerge[]): PairRanks {
  const bits = Math.max(4, Math.ceil(Math.log2(merges.length + 1)) + 1);
  const mask = (1 << bits) - 1;
  const lefts = new Int32Array(mask + 1).fill(-1);
  const rights = new Int32Array(mask + 1);
  const ranks = new Int32Array(mask + 1);
  const firstPlace = (left: number, right: number) =>
    (Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b)) >>> (32 - bits);
  merges.forEach(({ left, right }, rank) => {
    let place = firstPlace(left, right);
    while (lefts[place] >= 0) place = (place + 1) & mask;
    lefts[place] = left;
    rights[place] = right;
    ranks[place] = rank;
  });
  return {
    rankOf(left, right) {
      let place = firstPlace(left, right);
      while (lefts[place] >= 0) {
        if (lefts[place] === left && rights[place] === right) return ranks[place];
        place = (place + 1) & mask;
      }
      return -1;
    },
  };
}
