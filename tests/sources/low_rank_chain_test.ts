import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { lowRankChain } from "lib/sources/low_rank_chain.ts";
import { randomStream } from "lib/random/random_stream.ts";

const alphabet = [..."abcdefghijkl"];
const chain = (rank: number) =>
  lowRankChain({ alphabet, rank, scoreSpread: 1.5, random: randomStream(1, "chain") });

Deno.test("lowRankChain() has log-probabilities of its rank, once each row's mean is taken out", () => {
  for (const rank of [1, 3, 8]) {
    const rows = chain(rank).conditionals.map((row) => {
      const logs = [...row.map(Math.log)];
      const mean = logs.reduce((sum, value) => sum + value) / logs.length;
      return logs.map((value) => value - mean);
    });
    const { diagonal } = new SingularValueDecomposition(new Matrix(rows));
    assert(diagonal[rank - 1] > 0.05);
    assert(diagonal[rank] < 1e-12);
  }
});

Deno.test("lowRankChain() is the Markov chain of its rows", () => {
  const { source, conditionals } = chain(3);
  assertEquals([...source.conditional([4])], [...conditionals[4]]);
  for (const row of conditionals) {
    assertAlmostEquals(row.reduce((sum, value) => sum + value), 1, 1e-12);
  }
});

Deno.test("lowRankChain() refuses a rank that the alphabet cannot hold", () => {
  assertThrows(() => chain(12), RangeError, "rank 12 over 12");
  assertThrows(() => chain(0), RangeError, "rank 0");
});
