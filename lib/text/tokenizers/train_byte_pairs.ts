import {
  bytePairBuilder,
  type BytePairMerge,
  type BytePairs,
} from "lib/text/tokenizers/byte_pairs.ts";
import { numberHeap } from "lib/text/tokenizers/number_heap.ts";
import { splitPieces } from "lib/text/tokenizers/split_pieces.ts";

/** How many merges to learn. */
export interface TrainBytePairsOptions {
  /** At most: learning ends earlier where no pair comes twice. */
  readonly mergeCount: number;
}

interface CountedPiece {
  ids: number[];
  readonly count: number;
}

/**
 * Learns byte pairs from a text: again and again the most frequent pair of neighbours becomes a token
 * (Sennrich, Haddow, Birch 2016; on bytes, Radford et al. 2019). Pairs lie within pieces (`splitPieces`).
 *
 * Of pairs equally frequent the one that came up first wins, so a text always gives the same merges. Pair counts are kept up to date, and only the pieces that hold a merged pair are read again:
 * 1,000 merges of a megabyte take about a second.
 *
 * @throws {RangeError} if mergeCount is not a whole number from 0
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { nameOfBytes } from "lib/text/tokenizers/byte_pairs.ts";
 * import { trainBytePairs } from "lib/text/tokenizers/train_byte_pairs.ts";
 * const { tokenBytes } = trainBytePairs("abab abab", { mergeCount: 2 });
 * assertEquals(tokenBytes.slice(256).map(nameOfBytes), ["ab", "abab"]);
 * ```
 */
export function trainBytePairs(text: string, { mergeCount }: TrainBytePairsOptions): BytePairs {
  if (!Number.isInteger(mergeCount) || mergeCount < 0) {
    throw new RangeError(`Cannot learn byte pairs: mergeCount is ${mergeCount}.`);
  }
  const pieces = countPieces(text);
  const pairs = pairCounts(pieces);
  const builder = bytePairBuilder();
  for (let rank = 0; rank < mergeCount; rank++) {
    const pair = pairs.takeMostFrequent();
    if (pair === undefined) break;
    const merge = builder.add(pair.left, pair.right);
    for (const index of new Set(pair.holders)) {
      pairs.count(index, -1);
      pieces[index].ids = merged(pieces[index].ids, merge);
      pairs.count(index, 1);
    }
  }
  return builder.built();
}

/** The text's different pieces as bytes, with how often each comes. */
function countPieces(text: string): CountedPiece[] {
  const counts = new Map<string, number>();
  for (const piece of splitPieces(text)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  const encoder = new TextEncoder();
  return Array.from(counts, ([piece, count]) => ({ ids: [...encoder.encode(piece)], count }));
}

interface CountedPair {
  readonly left: number;
  readonly right: number;
  count: number;
  /** Pieces that hold it, or once did. */
  readonly holders: number[];
}

/** How often each pair comes in all pieces, kept up to date as they change. */
function pairCounts(pieces: readonly CountedPiece[]) {
  const placeOf = new Map<number, number>();
  const pairs: CountedPair[] = [];
  const heap = numberHeap();
  const offer = (place: number) => heap.push((MOST - pairs[place].count) * PAIRS + place);
  const count = (index: number, sign: 1 | -1) => {
    const { ids, count } = pieces[index];
    for (let at = 0; at + 1 < ids.length; at++) {
      const [left, right] = [ids[at], ids[at + 1]];
      let place = placeOf.get(left * PAIRS + right);
      if (place === undefined) {
        place = pairs.push({ left, right, count: 0, holders: [] }) - 1;
        placeOf.set(left * PAIRS + right, place);
      }
      const pair = pairs[place];
      pair.count += sign * count;
      if (sign > 0 && pair.holders.at(-1) !== index) pair.holders.push(index);
      changed.add(place);
    }
  };
  const changed = new Set<number>();
  pieces.forEach((_, index) => count(index, 1));
  return {
    count,
    takeMostFrequent(): CountedPair | undefined {
      for (const place of changed) offer(place);
      changed.clear();
      while (heap.size() > 0) {
        const top = heap.pop();
        const place = top % PAIRS;
        // An offer of a count that has changed since: the pair was offered again with its new one.
        if (pairs[place].count !== MOST - Math.floor(top / PAIRS)) continue;
        return pairs[place].count > 1 ? pairs[place] : undefined;
      }
    },
  };
}

/** More than there are pairs, and than a pair comes; their product is still exact. */
const PAIRS = 2 ** 26;
const MOST = 2 ** 27 - 1;

function merged(ids: readonly number[], { left, right, result }: BytePairMerge): number[] {
  const kept: number[] = [];
  for (let at = 0; at < ids.length; at++) {
    if (ids[at] === left && ids[at + 1] === right) {
      kept.push(result);
      at++;
    } else {
      kept.push(ids[at]);
    }
  }
  return kept;
}
