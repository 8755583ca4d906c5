import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { bestOf, growBeam, requireCounts, startBeam } from "lib/decoding/beam.ts";
import { memorylessModel } from "./memoryless_model.ts";

const model = memorylessModel([0.5, 0.3, 0.2]);
const step = { step: 1, width: 2, isLast: false, lengthPower: 0 };

Deno.test("startBeam() holds one empty hypothesis that has read the prompt", async () => {
  const { open, ended } = await startBeam(model, [0, 1]);
  assertEquals(open.map(({ ids, logProbability }) => ({ ids, logProbability })), [
    { ids: [], logProbability: 0 },
  ]);
  assertEquals(ended, []);
  await assertRejects(() => startBeam(model, []), RangeError, "prompt is empty");
});

Deno.test("growBeam() keeps the best children; penalties choose but do not count", async () => {
  const start = await startBeam(model, [0]);
  const plain = await growBeam(model, start, step);
  assertEquals(plain.chosenIds, [0, 1]);
  const pushed = await growBeam(model, start, { ...step, tokenPenalty: (id) => id === 0 ? 9 : 0 });
  assertEquals(pushed.chosenIds, [1, 2]);
  assertAlmostEquals(pushed.open[0].score, Math.log(0.3), 1e-6);
});

Deno.test("growBeam() weighs a token's penalty against the normalised score", async () => {
  // At length 4 with power 1 the scores of a and b differ by (ln .5 - ln .3) / 4 = .128.
  const start = await startBeam(model, [0]);
  const chosenAt = async (penalty: number) =>
    (await growBeam(model, start, {
      ...{ step: 4, width: 1, isLast: false, lengthPower: 1 },
      tokenPenalty: (id) => id === 0 ? penalty : 0,
    })).chosenIds;
  assertEquals(await chosenAt(0.12), [0]);
  assertEquals(await chosenAt(0.13), [1]);
});

Deno.test("growBeam() ends hypotheses at the end token and at the last step", async () => {
  const start = await startBeam(model, [0]);
  const ending = await growBeam(model, start, { ...step, endId: 1 });
  assertEquals([ending.open.length, ending.ended.length], [1, 1]);
  const last = await growBeam(model, ending, { ...step, step: 2, isLast: true });
  assertEquals(last.open, []);
  assertEquals(bestOf(last, 2).map(({ ids }) => ids), [[1], [0, 0]]);
});

Deno.test("requireCounts() names the size that is no count", () => {
  requireCounts({ width: 1, length: 20 });
  assertThrows(() => requireCounts({ width: 1, length: 1.5 }), RangeError, "length must be");
});
