import type { BytePairMerge } from "lib/text/tokenizers/byte_pairs.ts";
import { numberHeap } from "lib/text/tokenizers/number_heap.ts";

/**
 * A function that merges the bytes of a piece: again and again the pair of lowest rank, the leftmost
 * first, until no pair that is left has a merge (Sennrich, Haddow, Birch 2016).
 *
 * A linked list of tokens and a heap of pairs take n log n steps for n bytes, so a megabyte without a
 * space is no trap. The ids it returns are a view of memory that the next call writes over.
 */
export function byteMerger(
  merges: readonly BytePairMerge[],
): (bytes: Uint8Array) => Int32Array {
  const { rankOf } = pairRanks(merges);
  const results = Int32Array.from(merges, ({ result }) => result);
  let ids = new Int32Array(64), next = new Int32Array(64), previous = new Int32Array(64);
  const heap = numberHeap();

  return (bytes) => {
    const count = bytes.length;
    if (ids.length < count) {
      [ids, next, previous] = [0, 1, 2].map(() => new Int32Array(2 * count));
    }
    const offer = (place: number) => {
      const after = next[place];
      if (after >= count) return;
      const rank = rankOf(ids[place], ids[after]);
      if (rank >= 0) heap.push(rank * PLACES + place);
    };
    for (let place = 0; place < count; place++) {
      ids[place] = bytes[place];
      next[place] = place + 1;
      previous[place] = place - 1;
    }
    for (let place = 0; place + 1 < count; place++) offer(place);
    while (heap.size() > 0) {
      const top = heap.pop();
      const rank = Math.floor(top / PLACES);
      const place = top - rank * PLACES;
      const after = next[place];
      // Offers are not taken back: one whose tokens have been merged since says nothing any more.
      if (ids[place] < 0 || after >= count || rankOf(ids[place], ids[after]) !== rank) continue;
      ids[place] = results[rank];
      ids[after] = -1;
      next[place] = next[after];
      if (next[place] < count) previous[next[place]] = place;
      if (previous[place] >= 0) offer(previous[place]);
      offer(place);
    }
    let kept = 0;
    for (let place = 0; place < count; place = next[place]) ids[kept++] = ids[place];
    return ids.subarray(0, kept);
  };
}

/** More than a piece has bytes, and small enough that rank times this is exact. */
const PLACES = 2 ** 31;

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
