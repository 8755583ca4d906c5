import { assert, assertAlmostEquals } from "@std/assert";
import { sampledBias, sampledVariance } from "lib/probes/output/sampled_bias.ts";

const probabilities = [Float64Array.of(0.5, 0.25, 0.125, 0.125)];
const targetIds = [3];

Deno.test("sampledVariance() by hand: sum of p²/q over the others, less their squared sum", () => {
  const proposal = [0.25, 0.25, 0.25, 0.25];
  const byHand = (0.25 + 0.0625 + 0.015625) / 0.25 - 0.875 ** 2;
  assertAlmostEquals(sampledVariance(probabilities, { targetIds, proposal }), byHand, 1e-12);
});

Deno.test("sampledBias() is negative, near its second order, and falls like 1/k", () => {
  const options = { probabilities, targetIds, proposal: [1, 1, 1, 1], draws: 20_000, seed: 1 };
  const [few, many] = sampledBias({ ...options, sampleCounts: [20, 80] });
  for (const { biasNats, predictedNats, standardError } of [few, many]) {
    assert(biasNats < 0);
    assertAlmostEquals(biasNats, predictedNats, 4 * standardError + 0.2 * -predictedNats);
  }
  assertAlmostEquals(many.biasNats / few.biasNats, 0.25, 0.08);
});

Deno.test("sampledBias() of a proposal equal to the rest of the distribution counts hits alone", () => {
  // Draws among the other three in proportion: the sum is exact, whatever is drawn.
  const [{ biasNats }] = sampledBias({
    probabilities,
    targetIds,
    proposal: [0.5, 0.25, 0.125, 0],
    sampleCounts: [3],
    draws: 10,
    seed: 1,
  });
  assertAlmostEquals(biasNats, 0, 1e-12);
});
