import { assert, assertAlmostEquals } from "@std/assert";
import { rankBottleneck } from "lib/probes/output/rank_bottleneck.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { lowRankChain } from "lib/sources/low_rank_chain.ts";

Deno.test("rankBottleneck() closes at the rank and only there, ever less below it", () => {
  const { conditionals } = lowRankChain({
    alphabet: [..."abcdefghij"],
    rank: 4,
    scoreSpread: 1.5,
    random: randomStream(2, "chain"),
  });
  const gaps = rankBottleneck(conditionals, { hiddenSizes: [1, 2, 3, 4, 5], steps: 200 })
    .map(({ klNats }) => klNats);
  assert(gaps[0] > gaps[1] && gaps[1] > gaps[2] && gaps[2] > 1e-3);
  assertAlmostEquals(gaps[3], 0, 1e-12);
  assertAlmostEquals(gaps[4], 0, 1e-12);
});

Deno.test("rankBottleneck() with one context needs no state: the bias says it all", () => {
  const rows = [Float64Array.of(0.7, 0.2, 0.1), Float64Array.of(0.7, 0.2, 0.1)];
  assertAlmostEquals(rankBottleneck(rows, { hiddenSizes: [1] })[0].klNats, 0, 1e-9);
});

Deno.test("rankBottleneck() finds the best compromise of two opposite contexts without a usable state", () => {
  // Rank 2 in three tokens: with one unit the fit must lie between the truncated decomposition and 0.
  const rows = [
    Float64Array.of(0.8, 0.1, 0.1),
    Float64Array.of(0.1, 0.8, 0.1),
    Float64Array.of(0.1, 0.1, 0.8),
  ];
  const [rough] = rankBottleneck(rows, { hiddenSizes: [1], steps: 0 });
  const [fine] = rankBottleneck(rows, { hiddenSizes: [1], steps: 2000 });
  assert(fine.klNats < rough.klNats - 0.01 && fine.klNats > 0.1);
});
