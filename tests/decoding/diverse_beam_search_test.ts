import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { beamSearch } from "lib/decoding/beam_search.ts";
import { diverseBeamSearch } from "lib/decoding/diverse_beam_search.ts";
import * as fc from "fast-check";
import { smallModel } from "../models/small_model.ts";
import { anyPrompt, often, resultUnlessRefused } from "./any_number.ts";
import { memorylessModel } from "./memoryless_model.ts";

const model = smallModel("gru", { standardDeviation: 2 });
const search = { promptIds: [0], length: 7 };
const plainParts = (
  found: readonly { ids: readonly number[]; logProbability: number; score: number }[],
) => found.map(({ ids, logProbability, score }) => ({ ids, logProbability, score }));

Deno.test("diverseBeamSearch() with one group is plain beam search, to the bit", async () => {
  for (const endId of [undefined, 2]) {
    const options = { ...search, width: 6, endId, lengthPower: 0.7 };
    const grouped = await diverseBeamSearch(model, { ...options, groups: 1, strength: 5 });
    assertEquals(plainParts(grouped), await beamSearch(model, options));
  }
});

Deno.test("diverseBeamSearch() of strength 0 is the same narrower beam search in every group", async () => {
  const grouped = await diverseBeamSearch(model, { ...search, width: 6, groups: 3, strength: 0 });
  const narrow = await beamSearch(model, { ...search, width: 2 });
  for (const group of [0, 1, 2]) {
    assertEquals(plainParts(grouped.filter((one) => one.group === group)), narrow);
  }
});

Deno.test("diverseBeamSearch(): the first group is plain, whatever the strength", async () => {
  const grouped = await diverseBeamSearch(model, { ...search, width: 6, groups: 3, strength: 4 });
  const narrow = await beamSearch(model, { ...search, width: 2 });
  assertEquals(plainParts(grouped.filter(({ group }) => group === 0)), narrow);
});

Deno.test("diverseBeamSearch() counts each earlier choice: three groups of one, by hand", async () => {
  // a, b, c with .5, .3, .2 at every place. ln .5 - ln .3 = .51, ln .5 - ln .2 = .92.
  const fixed = memorylessModel([0.5, 0.3, 0.2]);
  const idsAt = async (strength: number) =>
    (await diverseBeamSearch(fixed, { promptIds: [0], length: 2, width: 3, groups: 3, strength }))
      .map(({ ids }) => ids);
  assertEquals(await idsAt(0.4), [[0, 0], [0, 0], [1, 1]]); // a costs .4, then .8
  assertEquals(await idsAt(0.6), [[0, 0], [1, 1], [0, 0]]); // a - .6, b - .6, c: a is best again
  assertEquals(await idsAt(1), [[0, 0], [1, 1], [2, 2]]);
});

Deno.test("diverseBeamSearch() forgets a penalty once it has chosen: two groups of two, by hand", async () => {
  // At 1.2, group 1 begins with c (-1.43) and a (-0.69 - 1.2); then "ac" (ln .12 = -2.12) and "aa"
  // (-1.39 - 1.2 = -2.59) win over "cc" (-2.85). A penalty kept on "a" would let "cc" win.
  const fixed = memorylessModel([0.5, 0.26, 0.24]);
  const found = await diverseBeamSearch(fixed, {
    ...{ promptIds: [0], length: 2, width: 4, groups: 2, strength: 1.2 },
  });
  assertEquals(found.map(({ ids, group }) => [group, ...ids]), [
    [0, 0, 0],
    [0, 0, 1],
    [1, 0, 0],
    [1, 0, 2],
  ]);
  assertAlmostEquals(found[3].logProbability, Math.log(0.12), 1e-6);
  assertAlmostEquals(found[3].score, Math.log(0.12), 1e-6);
});

Deno.test("diverseBeamSearch(): more strength, more different tokens at a place", async () => {
  const different = async (strength: number) => {
    const found = await diverseBeamSearch(model, { ...search, width: 6, groups: 6, strength });
    return new Set(found.map(({ ids }) => ids[0])).size;
  };
  assertEquals(await different(0), 1);
  assertEquals(await different(100), 6);
});

Deno.test("diverseBeamSearch() lets a group that has ended rest", async () => {
  const ending = memorylessModel([0.7, 0.2, 0.1]);
  const options = { promptIds: [1], length: 4, width: 2, groups: 2, strength: 2, endId: 0 };
  const found = await diverseBeamSearch(ending, options);
  // Group 0 ends at once; group 1 keeps away from that first a, and ends in the second.
  assertEquals(found.map(({ ids }) => ids), [[0], [1, 0]]);
});

Deno.test("diverseBeamSearch() refuses groups that do not divide the width and strengths below 0", async () => {
  const options = { ...search, width: 6, groups: 4, strength: 1 };
  await assertRejects(
    () => diverseBeamSearch(model, options),
    RangeError,
    "4 groups do not divide",
  );
  const negative = { ...options, groups: 3, strength: -1 };
  await assertRejects(
    () => diverseBeamSearch(model, negative),
    RangeError,
    "at least 0 and finite, got -1",
  );
  const none = { ...options, groups: 0 };
  await assertRejects(() => diverseBeamSearch(model, none), RangeError, "groups must be");
});

Deno.test("diverseBeamSearch() refuses any bad number in a sentence, and gives none", async () => {
  const options = fc.record({
    ...{ promptIds: anyPrompt, length: often(2), width: often(4), groups: often(2) },
    ...{ strength: often(1), endId: often(2), lengthPower: often(0.5) },
  });
  await fc.assert(
    fc.asyncProperty(options, async (given) => {
      const found = await resultUnlessRefused(() => diverseBeamSearch(model, given));
      for (const { score, logProbability } of found ?? []) {
        assertEquals([score, logProbability].every(Number.isFinite), true);
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});
