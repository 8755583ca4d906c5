import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { estimateLoss } from "lib/probes/truth/loss_estimate.ts";
import { randomNormal } from "lib/random/normal.ts";
import { randomStream } from "lib/random/random_stream.ts";

Deno.test("estimateLoss() of independent losses has the error sigma / sqrt n", () => {
  const draw = randomNormal(randomStream(1, "losses"));
  const losses = Array.from({ length: 40_000 }, () => 2 + 0.5 * draw());
  const { meanNats, standardError } = estimateLoss(losses, { blocks: 400 });
  assertAlmostEquals(meanNats, 2, 0.01);
  assertAlmostEquals(standardError, 0.5 / 200, 0.0003);
});

Deno.test("estimateLoss() sees that repeated losses carry less", () => {
  const draw = randomNormal(randomStream(2, "losses"));
  const losses = Array.from({ length: 400 }, draw).flatMap((value) => new Array(25).fill(value));
  // 400 independent values, though 10,000 losses: an error of 1 / 20.
  assertAlmostEquals(estimateLoss(losses).standardError, 0.05, 0.015);
});

Deno.test("estimateLoss() leaves out a last block that is not full, and refuses too few", () => {
  assertEquals(estimateLoss([1, 1, 3, 3, 100], { blocks: 2 }), { meanNats: 2, standardError: 1 });
  assertThrows(() => estimateLoss([1], { blocks: 2 }), RangeError, "1 losses in 2 blocks");
});
