import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { byteMerger, pairRanks } from "lib/text/tokenizers/byte_merger.ts";
import { type BytePairMerge, bytePairs } from "lib/text/tokenizers/byte_pairs.ts";
import { trainBytePairs } from "lib/text/tokenizers/train_byte_pairs.ts";

/** The definition: look for the lowest rank, leftmost first, and merge; again until there is none. */
function mergeByDefinition(bytes: Uint8Array, merges: readonly BytePairMerge[]): number[] {
  const ids = [...bytes];
  for (;;) {
    let best = { rank: Infinity, place: -1 };
    for (let place = 0; place + 1 < ids.length; place++) {
      const rank = merges.findIndex(({ left, right }) =>
        left === ids[place] && right === ids[place + 1]
      );
      if (rank >= 0 && rank < best.rank) best = { rank, place };
    }
    if (best.place < 0) return ids;
    ids.splice(best.place, 2, merges[best.rank].result);
  }
}

Deno.test("byteMerger() merges as the definition does, on any bytes", () => {
  const { merges } = trainBytePairs("abracadabra abba cabbala baa baa abacus bacca ".repeat(3), {
    mergeCount: 60,
  });
  const merge = byteMerger(merges);
  const letters = fc.constantFrom(...new TextEncoder().encode("abcdr "));
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 200 }), (values) => {
      const bytes = Uint8Array.from(values);
      assertEquals([...merge(bytes)], mergeByDefinition(bytes, merges));
    }),
    { seed: 1, numRuns: 200 },
  );
});

Deno.test("byteMerger() takes the leftmost of overlapping pairs and the earlier of two merges", () => {
  const [a, b] = [97, 98];
  const merge = byteMerger(bytePairs([{ left: a, right: a }, { left: b, right: a }]).merges);
  assertEquals([...merge(Uint8Array.of(a, a, a))], [256, a]);
  assertEquals([...merge(Uint8Array.of(b, a, a))], [b, 256]);
  assertEquals([...merge(new Uint8Array(0))], []);
});

Deno.test("byteMerger() halves a piece of 2^20 equal bytes at every merge, in time for a test", () => {
  const doubling = bytePairs(
    Array.from({ length: 20 }, (_, rank) => ({
      left: rank === 0 ? 7 : 255 + rank,
      right: rank === 0 ? 7 : 255 + rank,
    })),
  );
  const ids = byteMerger(doubling.merges)(new Uint8Array(2 ** 20).fill(7));
  assertEquals([...ids], [275]);
});

Deno.test("pairRanks() finds every merge among 5,000 and no other pair", () => {
  const merges = Array.from({ length: 5000 }, (_, rank) => ({
    left: (rank * 7919) % 60_000,
    right: rank,
    result: 256 + rank,
  }));
  const { rankOf } = pairRanks(merges);
  merges.forEach(({ left, right }, rank) => assertEquals(rankOf(left, right), rank));
  assertEquals([rankOf(1, 0), rankOf(7919, 0), rankOf(0, 1)], [-1, -1, -1]);
  assertEquals(pairRanks([]).rankOf(0, 0), -1);
});
