import { assertEquals } from "@std/assert";
import { pairRanks } from "lib/text/tokenizers/pair_ranks.ts";

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
