import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { boundTrials } from "lib/experiments/bound_trials.ts";

Deno.test("boundTrials() never exceed the bound in 1,000 networks, and reach it", async () => {
  const trials = await boundTrials(1000, { seed: 11 });
  assertEquals(trials.length, 1000);
  for (const { ratio } of trials) assert(ratio <= 1 + 1e-9, `ratio ${ratio}`);
  const reached = trials.filter(({ ratio, cell }) => cell === "rnn-tanh" && ratio > 1 - 1e-9);
  assert(reached.some(({ distance }) => distance >= 10));
  assertAlmostEquals(Math.max(...trials.map(({ ratio }) => ratio)), 1, 1e-9);
});

Deno.test("boundTrials() hold the sigmoid to a quarter of the spectral norm per step", async () => {
  const sigmoid = (await boundTrials(200, { seed: 3 })).filter(({ cell }) =>
    cell === "rnn-sigmoid"
  );
  assertEquals(sigmoid.length, 100);
  assert(sigmoid.some(({ spectralNorm, distance }) => spectralNorm < 4 && distance > 5));
});
